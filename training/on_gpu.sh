#!/bin/sh
# The training on a borrowed machine with a GPU and no network, whose commands may be short: each verb returns.
#
#   sh training/on_gpu.sh begin WORK MINUTES [GGUF]
#                                              train in the background; WORK may hold a tokenizer.json made elsewhere;
#                                              with GGUF go on from that file of ours
#   sh training/on_gpu.sh wait WORK SECONDS    until it is done, at most so long; shows how far it is
#   sh training/on_gpu.sh carry WORK OUT       the state in pieces of 15 MiB, to be brought home: do it after every wait,
#                                              a borrowed machine may be gone at any moment
#
# At home: cat OUT/last.pt.* > WORK/last.pt, the tokenizer beside it (what is carried is averaged with middle.pt already),
# then go on learning or python -m training.build --minutes 0 --work WORK. HOCVU_LAWS points to the law texts. Python needs
# torch, tokenizers, numpy, pyyaml, and gguf to go on from a file.
set -eu
verb=$1 work=$2
export PYTHONUNBUFFERED=1 TOKENIZERS_PARALLELISM=false
case $verb in
begin)
    test -r "${HOCVU_LAWS:?must name the law texts}"
    mkdir -p "$work"
    rm -f "$work/done"
    setsid sh -c 'python3 -m training.build --only-train --device cuda --work "$1" --minutes "$2" ${3:+--start "$3"} \
            >"$1/out.log" 2>&1
        echo $? >"$1/done"' - "$work" "$3" "${4:-}" &
    ;;
wait)
    end=$(($(date +%s) + $3))
    while [ "$(date +%s)" -lt "$end" ] && [ ! -e "$work/done" ]; do sleep 2; done
    if [ -e "$work/done" ]; then echo "ended with $(cat "$work/done")"; else echo "goes on"; fi
    tail -n 5 "$work/out.log"
    if [ -e "$work/log.jsonl" ]; then tail -n 20 "$work/log.jsonl"; fi
    ;;
carry)
    python3 -m training.checkpoints "$work" "$3"
    if [ -e "$work/log.jsonl" ]; then cp "$work/log.jsonl" "$3/"; fi
    ;;
esac
