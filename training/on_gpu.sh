#!/bin/sh
# The training on a borrowed machine with a GPU and no network, whose commands may be short: each verb returns.
#
#   sh training/on_gpu.sh begin WORK MINUTES   train in the background; WORK may hold a tokenizer.json made elsewhere
#   sh training/on_gpu.sh wait WORK SECONDS    until it is done, at most so long; shows how far it is
#   sh training/on_gpu.sh carry WORK OUT       the state in pieces of 15 MiB, to be brought home
#
# At home: cat last.pt.* > WORK/last.pt, then python -m training.build --minutes 0 --device cuda --work WORK
# HOCVU_LAWS points to the law texts there. Python needs torch, tokenizers, numpy and pyyaml, nothing of the service.
set -eu
verb=$1 work=$2
export PYTHONUNBUFFERED=1 TOKENIZERS_PARALLELISM=false
case $verb in
begin)
    mkdir -p "$work"
    setsid python3 -m training.build --only-train --device cuda --work "$work" --minutes "$3" >"$work/out.log" 2>&1 &
    echo $! >"$work/pid"
    ;;
wait)
    end=$(($(date +%s) + $3))
    while [ "$(date +%s)" -lt "$end" ] && kill -0 "$(cat "$work/pid")" 2>/dev/null; do sleep 2; done
    tail -n 5 "$work/out.log"
    tail -n 40 "$work/log.jsonl"
    ;;
carry)
    python3 -m training.checkpoints "$work" "$3"
    cp "$work/log.jsonl" "$3/"
    ;;
esac
