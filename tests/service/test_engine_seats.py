"""The books on the KV cache: what is shared, what is kept, what is given up."""

from __future__ import annotations

from hypothesis import given, settings, strategies as st

from service.engines.llama.seats import Answer, Seats
from service.engines.turns import Turn
from service.records import Options


class PaperCache:
    """A cache that remembers, position by position, which token each sequence sees."""

    def __init__(self) -> None:
        self.sequences: dict[int, list[int]] = {}
        self.copied = 0

    def copy(self, source: int, target: int, end: int) -> None:
        assert not self.sequences.get(target), "llama.cpp would keep what the target already holds"
        assert len(self.sequences[source]) >= end
        self.sequences[target] = self.sequences[source][:end]
        self.copied += 1

    def cut(self, sequence: int, start: int) -> bool:
        self.sequences[sequence] = self.sequences.get(sequence, [])[:start]
        return True


class Recurrent(PaperCache):
    """One that keeps a state only: it is copied whole, and taken back to nothing or not at all."""

    def copy(self, source: int, target: int, end: int) -> None:
        assert len(self.sequences[source]) == end, "only the whole state can be copied"
        super().copy(source, target, end)

    def cut(self, sequence: int, start: int) -> bool:
        if 0 < start < len(self.sequences.get(sequence, [])):
            return False
        return super().cut(sequence, start)


class World:
    def __init__(self, *, seats: int = 4, size: int = 1000, partial: bool = True, shelf: int = 0) -> None:
        self.cache = PaperCache() if partial else Recurrent()
        self.seats = Seats(self.cache, seats=seats, size=size, partial=partial, shelf=shelf)

    def take(self, prompt: list[int], answer: int = 10, boundary: int = 0) -> Answer | None:
        return self.seats.take(Turn(prompt, Options(max_tokens=answer), boundary=boundary))

    def seated(self, prompt: list[int], answer: int = 10, boundary: int = 0) -> Answer:
        taken = self.take(prompt, answer, boundary)
        assert taken is not None
        return taken

    def keep(self, prompt: list[int]) -> None:
        """Read a beginning ahead."""
        answer = self.seats.take(Turn(prompt, Options(max_tokens=0), keep=True))
        assert answer is not None
        self.read(answer)
        self.seats.shelve(answer)
        self.seats.leave(answer)

    def decode(self, answer: Answer, tokens: list[int]) -> None:
        self.cache.sequences.setdefault(answer.seat.number, []).extend(tokens)
        self.seats.grow(answer.seat, tokens)

    def read(self, answer: Answer, most: int = 1000) -> None:
        if self.seats.may_read(answer):
            start = len(answer.seat.tokens)
            self.decode(answer, answer.turn.prompt[start : min(start + most, self.seats.next_stop(answer))])


SHARED = list(range(100))


def test_a_beginning_read_before_is_not_read_again() -> None:
    world = World()
    first = world.seated([*SHARED, 500, 501])
    world.read(first)
    second = world.seated([*SHARED, 600])
    assert second.shared == 100
    assert second.seat.tokens == SHARED
    assert second.seat.cells == first.seat.cells[:100]


def test_the_last_token_is_always_read_anew() -> None:
    world = World()
    world.read(world.seated(SHARED))
    assert world.seated(SHARED).shared == 99


def test_whoever_comes_while_it_is_being_read_waits_for_it() -> None:
    world = World()
    first, second = world.seated([*SHARED, 500]), world.seated([*SHARED, 600])
    world.read(first, most=60)
    assert not world.seats.may_read(second)
    world.read(first)
    assert world.seats.may_read(second)
    assert second.seat.tokens == SHARED
    assert world.cache.sequences[second.seat.number] == SHARED


def test_when_the_reader_goes_the_next_one_reads_for_the_rest() -> None:
    world = World()
    first, second, third = (world.seated([*SHARED, n]) for n in (500, 600, 700))
    world.read(first, most=40)
    world.seats.leave(first)
    assert world.seats.may_read(second)
    assert len(second.seat.tokens) == 40
    assert not world.seats.may_read(third)
    world.read(second)
    assert world.seats.may_read(third)
    assert third.seat.tokens == SHARED


def test_a_prompt_left_behind_is_asked_again_in_place() -> None:
    world = World()
    first = world.seated([*SHARED, 500])
    world.read(first)
    first.newest = 7
    world.decode(first, [7])
    world.seats.leave(first)
    second = world.seated([*SHARED, 500])
    assert second.seat is first.seat
    assert second.seat.tokens == SHARED
    assert world.cache.copied == 0


def test_prompts_left_behind_are_given_up_longest_unused_first() -> None:
    world = World(size=300)
    for start in (1000, 2000):
        left = world.seated([*range(start, start + 100)])
        world.read(left)
        world.seats.leave(left)
    assert world.seated([*range(3000, 3100)]).shared == 0
    assert world.cache.sequences == {0: [], 1: [*range(2000, 2100)], 2: []}


def test_without_room_a_turn_waits() -> None:
    world = World(size=200)
    first = world.seated(SHARED, answer=60)
    assert world.take([*range(500, 600)]) is None
    world.seats.leave(first)
    assert world.take([*range(500, 600)], answer=100) is not None


def test_room_is_found_even_when_only_the_lender_can_give_it() -> None:
    world = World(seats=1, size=200)
    first = world.seated([*range(150)], answer=50)
    world.read(first)
    world.seats.leave(first)
    assert world.seated([*range(20), *range(500, 630)], answer=50).shared == 20


def test_more_sequences_than_seats_keep_what_was_asked() -> None:
    world = World(seats=6)
    world.seats._width = 2
    for n in range(5):
        answer = world.seated([*SHARED, 1000 + n, 2000 + n])
        world.read(answer)
        world.seats.leave(answer)
    again = [world.seated([*SHARED, 1000 + n, 2000 + n]) for n in (0, 3)]
    assert [answer.shared for answer in again] == [101, 101]
    assert world.take([*SHARED, 1]) is None  # both seats are taken


# ── the shelf ───────────────────────────────────────────────────────────────────────────────────


def test_what_is_kept_outlives_what_is_left_behind() -> None:
    world = World(seats=2, size=300, shelf=1)
    world.keep(SHARED)
    for start in (1000, 2000, 3000):
        other = world.seated([*range(start, start + 150)])
        world.read(other)
        world.seats.leave(other)
    assert world.seated([*SHARED, 600]).shared == 100


def test_the_shelf_gives_up_what_was_used_longest_ago() -> None:
    world = World(seats=2, shelf=2)
    first, second, third = ([*range(start, start + 40)] for start in (0, 100, 200))
    world.keep(first)
    world.keep(second)
    assert world.seats.shelved(first)  # asked for again
    world.keep(third)
    assert [place.tokens for place in world.seats.pinned()] in ([first, third], [third, first])


def test_where_room_is_needed_the_shelf_is_cleared_last() -> None:
    world = World(seats=2, size=200, shelf=1)
    world.keep(SHARED)
    assert world.take([*range(500, 580)], answer=20) is not None
    assert world.seats.pinned()
    world.seats.leave(world.seats.answers()[0])
    assert world.take([*range(700, 850)], answer=20) is not None
    assert not world.seats.pinned()


def test_what_is_kept_costs_no_second_cells() -> None:
    world = World(shelf=1)
    world.keep(SHARED)
    answer = world.seated([*SHARED, 600])
    world.read(answer)
    assert world.seats.used() == 101


# ── recurrent and hybrid models ─────────────────────────────────────────────────────────────────


def test_a_state_is_shared_at_its_exact_end() -> None:
    world = World(partial=False, shelf=2)
    first = world.seated([*SHARED, 500, 501], boundary=100)
    world.read(first)
    assert len(first.seat.tokens) == 100  # reading pauses there
    world.read(first)
    assert first.read
    second = world.seated([*SHARED, 600], boundary=100)
    assert second.shared == 100
    assert world.cache.sequences[second.seat.number] == SHARED
    assert world.seated([*SHARED[:50], 700], boundary=50).shared == 0


def test_whoever_comes_while_a_state_is_being_read_waits_for_its_boundary() -> None:
    world = World(partial=False, shelf=2)
    first, second = (world.seated([*SHARED, n], boundary=100) for n in (500, 600))
    world.read(first, most=60)
    assert not world.seats.may_read(second)
    world.read(first)
    assert world.seats.may_read(second)
    assert second.seat.tokens == SHARED


def test_without_a_boundary_a_state_is_never_shared() -> None:
    world = World(partial=False, shelf=2)
    first = world.seated([*SHARED, 500])
    world.read(first)
    assert world.seated([*SHARED, 600]).shared == 0
    world.seats.leave(first)
    assert first.seat.tokens == []


def test_a_boundary_is_not_saved_unless_it_was_asked_for() -> None:
    world = World(partial=False, shelf=2)
    world.read(world.seated([*SHARED, 500], boundary=100))
    assert not world.seats.pinned()
    world.keep(SHARED)
    assert [place.tokens for place in world.seats.pinned()] == [SHARED]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5), st.integers(1, 40)), max_size=60))
def test_the_books_agree_with_the_cache_whatever_happens(steps: list[tuple[int, int, int]]) -> None:
    world = World(seats=3, size=260, shelf=2)
    for deed, which, n in steps:
        answers = world.seats.answers()
        if deed == 4 and answers and len(answers[0].seat.tokens) > 1:
            world.seats.shelve(answers[0])
        if deed == 0:
            world.take([*range(which * 20), *range(1000 + n, 1040 + n)], answer=20)
        elif answers:
            answer = answers[which % len(answers)]
            prompt = answer.turn.prompt
            if deed == 1 or (deed == 2 and answer.reading):
                if answer.reading:
                    world.read(answer, most=n)
                    if len(answer.seat.tokens) == len(prompt):
                        answer.newest = 9000
            elif deed == 2 and len(answer.seat.tokens) < len(prompt) + 20:
                world.decode(answer, [answer.newest])
            elif deed == 3:
                world.seats.leave(answer)
        used: set[int] = set()
        for seat in (*world.seats._all, *world.seats._shelf):
            assert seat.tokens == world.cache.sequences.get(seat.number, [])
            assert len(seat.cells) == len(seat.tokens)
            if seat.answer is not None:
                held = seat.tokens[: len(seat.answer.turn.prompt)]
                assert held == seat.answer.turn.prompt[: len(held)]
            used |= set(seat.cells)
        assert len(used) <= 260


def test_what_is_pinned_is_given_up_last() -> None:
    world = World(seats=2, size=80, shelf=2)
    for n in range(2):
        world.keep([n * 100 + token for token in range(20)])
    first = tuple(range(20))
    world.seats._pins = {first: 1}
    world.keep([*range(200, 220)])  # would take the place of the one used longest ago
    assert {tuple(place.tokens) for place in world.seats.pinned()} == {first, tuple(range(200, 220))}
    world.seats._pins = {first: 1, tuple(range(200, 220)): 1}
    world.keep([*range(300, 320)])  # there is no place to be had
    assert len(world.seats.pinned()) == 2
    assert world.seats.held([*first, 999]) == 20
    world.seats._pins = {first: 1}
    assert world.take([*range(400, 430)], answer=30) is not None  # somebody needs nearly all of it
    assert [tuple(place.tokens) for place in world.seats.pinned()] == [first]
    assert world.take([*range(500, 515)], answer=5) is not None  # an answer is worth more than a beginning
    assert world.seats.pinned() == []
