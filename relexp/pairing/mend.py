"""From a first draft to the best: tight starts, small rooms searched to the end, and rests as a last resort."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from relexp.pairing.breaches import PROTECTED, Breach, Kind, breaches
from relexp.pairing.circle import fits, lay_circle
from relexp.pairing.deal import Group, as_tables, deal, may_join, over_conversations, pinned_conversations, spare_trios
from relexp.pairing.draft import FREE, HELD, NOBODY, THIRD, Draft
from relexp.pairing.exact import Unproven, exact_draft, small_enough
from relexp.pairing.reasons import proven_causes
from relexp.pairing.report import fewest_meetings
from relexp.pairing.room import Ints, Room
from relexp.pairing.search import WITHIN, Pulse, Watch, ease, fair_ceiling, fairness, fill, lift, settle, worst_off
from relexp.roster.difference import groups
from relexp.roster.rules import NeverSame, Odd, Repeats

# A room that resists is dealt anew this often, with longer patience each time.
ATTEMPTS = 6
# Small rooms are cheap to search again, and the worst-off person gains by it.
AGAIN = {60: 2, 130: 1}
SEVERAL = 60

Score = tuple[int, int, int, int, int, int, float]


def best_draft(room: Room, watch: Watch | None = None) -> Draft:
    """The best evening the search finds for a room; with a breach only where none without was found."""
    pulse = Pulse(watch)
    best = _attempt(room, room.rules.seed, pulse, circle=False)
    if not proven_causes(room, breaches(best)):
        best = _look_further(room, best, pulse)
    best = rest_the_protected(best, pulse)
    for _ in range(room.rounds):
        if not _split_needless_trios(best):
            break
        settle(best, range(room.rounds), pulse)
    pulse.done()
    return best


def _look_further(room: Room, best: Draft, pulse: Pulse) -> Draft:
    """Search again where something is still bent, or where it is cheap and somebody could be better off."""
    if not _clean(best):
        return _without_breach(room, best, pulse)
    again = next((times for size, times in AGAIN.items() if room.size <= size), 0)
    fewest = sum(fewest_meetings(room, codes, _resting(best))[0] for codes in _codes(room))
    for attempt in range(ATTEMPTS if room.size <= SEVERAL else again):
        mixed = int(best.same.sum()) <= 2 * fewest
        fair = best.same.any() or worst_off(best) >= fair_ceiling(room) * WITHIN
        if pulse.stopped or (mixed and (fair or attempt >= again)):
            break
        other = _attempt(room, room.rules.seed + 7919 * (attempt + 1), pulse, circle=False)
        best = min(best, other, key=score)
    if int(best.same.sum()) > 2 * fewest and small_enough(room) and not pulse.stopped:
        best = min([best, *(draft for draft in _exactly(room, best, pulse) if draft)], key=score)
    return best


def _codes(room: Room) -> list[Ints]:
    """Everybody's group on each attribute that is to be met as rarely as possible."""
    rows = [room.roster.index[id] for id in room.ids]
    wanted = [attribute for attribute in room.rules.across if attribute.never_same is NeverSame.FEWEST]
    return [groups(room.roster, attribute.column)[rows] for attribute in wanted]


def _resting(draft: Draft) -> list[int]:
    return [int((tables[:, 1] == NOBODY).sum()) for tables in draft.tables]


def _clean(draft: Draft) -> bool:
    """Whether an evening breaks nothing, nobody meets twice, and no under-18 waits who need not."""
    waiting = any(draft.room.minor[tables[tables[:, 1] == NOBODY, 0]].any() for tables in draft.tables)
    return not waiting and not _bent(draft)


def _bent(draft: Draft) -> bool:
    """Whether an evening breaks a rule or lets somebody meet twice."""
    twice = draft.room.rules.repeats is Repeats.FEWEST and bool((draft.met > 1).any())
    return twice or bool(breaches(draft))


def score(draft: Draft) -> Score:
    """What is compared between two drafts, the lower the better: hard rules, then shares, the worst-off, the total."""
    broken = breaches(draft)
    uneven = int((draft.trios * (draft.trios - 1)).sum() + (draft.rests * (draft.rests - 1)).sum())
    evenly = np.array([cap is None for cap in draft.room.caps], dtype=np.int64)[:, None]
    same = int((draft.same * (4 * draft.room.size + evenly * draft.same)).sum())
    return (
        sum(breach.kind in PROTECTED for breach in broken),
        len(broken),
        int(np.maximum(draft.met - 1, 0).sum()),
        int(draft.rests.sum()),
        uneven,
        same,
        -fairness(draft),
    )


def _attempt(room: Room, seed: int, pulse: Pulse, *, circle: bool, patience: int = 3) -> Draft:
    draft = Draft(room, seed)
    if circle:
        lay_circle(draft)
    fill(draft, pulse)
    everything = range(room.rounds)
    ease(draft, everything, pulse, patience)
    lift(draft, everything, pulse, patience)
    pulse.step()
    return draft


def _without_breach(room: Room, best: Draft, pulse: Pulse) -> Draft:
    """Look harder for an evening that breaks nothing: whole-evening starts, new deals, then small rooms to the end."""
    best = rest_the_protected(best, pulse) if room.minor.any() else best
    for attempt in range(1, ATTEMPTS):
        if pulse.stopped or _clean(best) or (attempt > 2 and not _bent(best)):
            return best
        circle = fits(room) and attempt % 2 == 1
        other = _attempt(room, room.rules.seed + 104729 * attempt, pulse, circle=circle, patience=3 + 3 * attempt)
        best = min(best, rest_the_protected(other, pulse) if room.minor.any() else other, key=score)
    if not _clean(best) and small_enough(room):
        found = _exactly(room, best, pulse)
        # with under-18s, more of them could rest: only this division of the room has been tried to the end
        best.proven = found == [None] and not room.minor.any()
        best = min([best, *(draft for draft in found if draft)], key=score)
    return best


def _exactly(room: Room, best: Draft, pulse: Pulse) -> list[Draft | None]:
    """The evening found by searching to the end, [None] where there is none, and nothing where time ran out."""
    try:
        found = exact_draft(best, room.rules.seed)
    except Unproven:
        return []
    if found is not None:
        settle(found, range(room.rounds), pulse)
        lift(found, range(room.rounds), pulse)
    return [found]


def _split_needless_trios(draft: Draft) -> int:
    """Two conversations of three in a round become three of two wherever those six may talk in pairs; how many did."""
    return sum(_split_one(draft, round) for round in range(draft.room.rounds))


def _split_one(draft: Draft, round: int) -> bool:
    room, tables, states = draft.room, draft.tables[round], draft.states[round]
    three = np.nonzero((tables[:, 2] != NOBODY) & (states != HELD))[0]
    seated = tables[tables[:, 1] != NOBODY]
    people = seated[seated != NOBODY]
    needed = abs(len(people) - 2 * int(room.side[people].sum())) if room.sided else len(people) % 2
    for one, other in combinations(three, 2) if len(three) > needed else ():
        fast = [tuple(tables[table][:2].tolist()) for table in (one, other) if states[table] == THIRD]
        pairs = _three_pairs(draft, [int(person) for person in (*tables[one], *tables[other])], fast)
        if pairs is not None:
            kept = [state for table, state in enumerate(states) if table not in (one, other)]
            left = np.delete(draft.clear(round), [one, other], axis=0)
            new = [HELD if pair in fast else FREE for pair in pairs]
            draft.lay(round, np.concatenate([left, as_tables(pairs)]), [*kept, *new])
            return True
    return False


def _three_pairs(draft: Draft, six: list[int], fast: list[Group]) -> list[Group] | None:
    """The best way to seat six people, who sit in trios now, in pairs without a breach, or None; `fast` pairs stay."""
    first, *others = six
    best: tuple[float, list[Group]] | None = None
    for partner in others:
        left = [person for person in others if person != partner]
        for second in left[1:]:
            last = [person for person in left[1:] if person != second]
            pairs: list[Group] = [(first, partner), (left[0], second), (last[0], last[1])]
            worth = sum(float(draft.room.d[pair]) for pair in pairs)
            keeps = all({*pair} in [{*other} for other in pairs] for pair in fast)
            fine = keeps and all(_may_pair(draft, pair, six, fast) for pair in pairs)
            if fine and (best is None or worth > best[0]):
                best = worth, pairs
    return best[1] if best else None


def _may_pair(draft: Draft, pair: Group, six: list[int], fast: list[Group]) -> bool:
    room = draft.room
    if {*pair} in [{*other} for other in fast]:
        return True
    together = {frozenset(six[:3]), frozenset(six[3:])}
    met = int(draft.met[pair]) - any(set(pair) <= trio for trio in together)
    alone = room.minor[pair[0]] != room.minor[pair[1]] or (room.sided and room.side[pair[0]] == room.side[pair[1]])
    return not (room.apart[pair] or room.unwished[pair] or met or alone)


def rest_the_protected(draft: Draft, pulse: Pulse) -> Draft:
    """Nobody is left in a conversation that protection or access forbids: those people rest, as few as can be.

    Under-18s who have talked with all the others they may talk with rest too, each with their responsible adult.
    """
    turns = 3 * draft.room.rounds
    for turn in range(turns):
        troubled = [breach for breach in breaches(draft) if breach.kind in PROTECTED or _of_minors(draft, breach)]
        if not troubled:
            break
        round = troubled[0].round
        _part(draft, round, [breach for breach in troubled if breach.round == round], last=turn > turns // 2)
        settle(draft, [round], pulse, 1)
    for round in range(draft.room.rounds):
        _rest_outright(draft, round)
        _seat_the_waiting(draft, round)
    if draft.room.minor.any():
        settle(draft, range(draft.room.rounds), pulse)
    return draft


def _seat_the_waiting(draft: Draft, round: int) -> None:
    """Whoever rests in a round without need talks after all: two of them with each other, or one as a third."""
    room = draft.room
    if not room.minor.any():
        return
    alone = [int(row[0]) for row in draft.tables[round] if row[1] == NOBODY]
    found, left = _pair_off(draft, [person for person in alone if room.minor[person]])
    spare = [person for person in alone if not room.minor[person] and person not in room.guardian[left]]
    thirds = _thirds(draft, round, left) + (_thirds(draft, round, spare) if _may_be_three(room) else [])
    if not found and not thirds:
        return
    left = [person for person in left if person not in {group[-1] for group in thirds}]
    waiting = {*left, *(int(room.guardian[person]) for person in left)} & set(alone)
    pinned = {*pinned_conversations(room, round), *over_conversations(room, round)}
    tables = [tuple(int(p) for p in row if p != NOBODY) for row in draft.clear(round)]
    kept = [group for group in tables if len(group) > 1 and group not in {*pinned, *(third[:2] for third in thirds)}]
    there = set(room.talking(round).tolist()) - waiting - {person for group in thirds for person in group}
    pairs = [*(group for group in kept if len(group) == 2), *found]
    deal(draft, round, [*spare_trios(kept, there, pairs), *thirds], sorted(waiting))


def _may_be_three(room: Room) -> bool:
    return room.rules.odd is Odd.TRIO or room.one_to_two


def _thirds(draft: Draft, round: int, left: list[int]) -> list[Group]:
    """Pairs whom people of their own age who are left over join as a third."""
    room = draft.room
    free = draft.tables[round][(draft.states[round] == FREE) & (draft.tables[round][:, 2] == NOBODY)]
    pairs: list[Group] = [(int(a), int(b)) for a, b, _ in free if b != NOBODY]
    groups: list[Group] = []
    for person in left:
        alike = [pair for pair in pairs if (room.minor[list(pair)] == room.minor[person]).all()]
        pair = next((pair for pair in alike if may_join(draft, person, pair)), None)
        if pair:
            groups.append((*pair, person))
            pairs.remove(pair)
    return groups


def _rest_outright(draft: Draft, round: int) -> None:
    """The very last resort: whoever is still in a forbidden conversation of a round rests."""
    broken = {breach.table for breach in breaches(draft) if breach.round == round and breach.kind in PROTECTED}
    broken -= {table for table in broken if draft.states[round][table] == HELD}
    if broken:
        states = [state for k, state in enumerate(draft.states[round]) if k not in broken]
        tables = draft.clear(round)
        alone = [(int(person),) for k in sorted(broken) for person in tables[k] if person != NOBODY]
        kept = np.delete(tables, sorted(broken), axis=0)
        draft.lay(round, np.concatenate([kept, as_tables(alone)]), [*states, *[HELD] * len(alone)])


def _of_minors(draft: Draft, breach: Breach) -> bool:
    minors = draft.room.minor[list(breach.people)]
    return breach.kind in (Kind.AGAIN, Kind.GROUP) and bool(minors.any())


def _part(draft: Draft, round: int, troubled: list[Breach], *, last: bool) -> None:
    """Take the forbidden conversations of a round apart; who can still talk is seated together, the others rest.

    Adults who rested before get another chance, unless this is the `last` time.
    """
    room = draft.room
    broken = {breach.table for breach in troubled if draft.states[round][breach.table] != HELD}
    tables = [tuple(int(p) for p in row if p != NOBODY) for row in draft.clear(round)]
    seated = pinned_conversations(room, round) + over_conversations(room, round)
    pinned = {person for group in seated for person in group}
    loose = [p for k, group in enumerate(tables) if k in broken for p in group if p not in pinned]
    before = {group[0] for k, group in enumerate(tables) if len(group) == 1 and k not in broken}
    found, single = _pair_off(draft, [*loose, *(person for person in before if room.minor[person])])
    fast = set(before if last else ()) | pinned
    threes = _with_their_adults(draft, round, [p for p in single if room.minor[p]], fast)
    found += threes
    single = [p for p in single if p not in {one for group in threes for one in group}]
    resting = {p for p in single if last or room.minor[p]}
    resting |= before if last else set()
    talking = set(room.talking(round).tolist()) - pinned
    resting |= {int(room.guardian[p]) for p in resting if room.minor[p]} & talking
    there = talking - resting
    moved = {one for group in threes for one in group}
    whole = [g for k, g in enumerate(tables) if k not in broken and set(g) <= there and not set(g) & moved]
    pairs = [group for group in (*whole, *found) if len(group) == 2 and set(group) <= there]
    kept = spare_trios(whole, there - moved, pairs)
    deal(draft, round, [*kept, *threes], sorted(resting))


def _with_their_adults(draft: Draft, round: int, minors: list[int], fast: set[int]) -> list[Group]:
    """Under-18s without a partner sit with their responsible adult and one more adult, where these have not met."""
    room = draft.room
    talking = {int(person) for person in room.talking(round)} - fast
    free = {person for person in talking if not room.minor[person]}
    free -= {int(room.guardian[minor]) for minor in minors}
    groups: list[Group] = []
    for minor in minors if room.rules.odd is Odd.TRIO and not room.sided else []:
        adult = int(room.guardian[minor])
        if adult not in talking or room.apart[minor, adult] or room.unwished[minor, adult] or draft.spent[minor, adult]:
            continue
        barred = room.apart | room.unwished | draft.spent
        fitting = [one for one in sorted(free) if not barred[one, [minor, adult]].any()]
        if fitting:
            third = max(fitting, key=lambda one: (-int(draft.trios[one]), float(room.d[one, [minor, adult]].sum())))
            groups.append((minor, adult, third))
            free -= {third, adult}
            talking -= {third, adult}
    return groups


def _pair_off(draft: Draft, loose: list[int]) -> tuple[list[Group], list[int]]:
    """Pairs among the people left over, and who finds nobody; an under-18's responsible adult waits for them."""
    room = draft.room
    groups: list[Group] = []
    left = sorted(set(loose), key=lambda p: (not room.minor[p], p))
    for person in list(left):
        waiting = {int(room.guardian[p]) for p in left if room.minor[p] and p != person}
        for other in left if person in left else []:
            fine = not (
                room.apart[person, other]
                or room.unwished[person, other]
                or draft.spent[person, other]
                or room.minor[person] != room.minor[other]
                or (room.sided and room.side[person] == room.side[other])
            )
            if other != person and fine and not {person, other} & waiting:
                groups.append((person, other))
                left = [p for p in left if p not in (person, other)]
                break
    return groups, left
