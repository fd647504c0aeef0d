//! Stories that are kept up to date, one report at a time.
//!
//! In: reports as they come. Out: the stories of all so far, the same as [`Pile::partition`] finds in the set of them.
//! Method: a report is compared with those that share telling words, by the rules of `links`; where it takes the place of another one
//! in a list or among twins, the pairs of that one are looked at again. The new report, and the stories within which scores have
//! changed, are taken apart and joined anew, together with those stories beside them of which a part could join with theirs before
//! it was joined to the rest. These stay whole unless one of them does join: then it is taken apart, too, until none does. What is
//! joined apart from all others is joined as amid them, because groups join by what stands between them alone and the rest is as it
//! was.
//! Leaves: how many reports a cap left some out for; taking reports out again.

use super::Pile;
use super::cluster::{self, Joined, LINK, Nearest};
use super::links::{self, CAPS, Caps, LOOSE, Link, Shared, UNDATED, WINDOW, Weight, month};
use super::profile::{Ordered, Profile};
use super::score::{Held, is_headline};
use crate::model::Annotated;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The stories of the reports that came so far. Reports go by the order in which they came.
#[derive(Clone, Debug)]
pub struct Standing {
    pile: Pile,
    caps: Caps,
    /// All numbers of reports.
    numbers: Vec<usize>,
    weights: Vec<Weight>,
    /// The reports that hold a word in a month, in order.
    lists: BTreeMap<(u32, i32), Vec<u32>>,
    /// Reports of the same words and day, in order.
    twins: BTreeMap<[u64; 2], Vec<u32>>,
    /// With which others each report is linked, and their scores.
    links: Vec<BTreeMap<u32, u32>>,
    /// With how many earlier reports each could be compared.
    candidates: Vec<u32>,
    density: Vec<u32>,
    /// The group of each report in `groups`; [`NONE`] for a twin that goes with another one.
    group: Vec<u32>,
    groups: Vec<Joined>,
    /// Groups without members.
    free: Vec<u32>,
    shared: Shared,
}

const NONE: u32 = u32::MAX;

/// What a report changes.
#[derive(Default)]
struct Changes {
    /// Those whose neighbours have changed.
    nearest: BTreeSet<u32>,
    /// Those whose stories are taken apart.
    apart: BTreeSet<u32>,
    /// Those to be compared with earlier ones again.
    again: BTreeSet<u32>,
}

impl Default for Standing {
    fn default() -> Standing {
        Standing::within(CAPS)
    }
}

impl From<Pile> for Standing {
    /// The stories of a pile, to which others are added.
    fn from(pile: Pile) -> Standing {
        Standing::of(pile, CAPS)
    }
}

impl Standing {
    fn within(caps: Caps) -> Standing {
        Standing::of(Pile::default(), caps)
    }

    fn of(pile: Pile, caps: Caps) -> Standing {
        let count = pile.keys.len();
        let mut standing = Standing {
            caps,
            numbers: (0..count).collect(),
            weights: (0..count).map(|at| Weight::of(&pile.profiles.of(at))).collect(),
            lists: BTreeMap::new(),
            twins: BTreeMap::new(),
            links: vec![BTreeMap::new(); count],
            candidates: vec![0; count],
            density: vec![0; count],
            group: vec![NONE; count],
            groups: Vec::new(),
            free: Vec::new(),
            shared: Shared::default(),
            pile,
        };
        (0..count).for_each(|_| standing.shared.grow());
        standing.find();
        standing.make_room();
        standing
    }

    /// Makes room for an eighth more, so that the next report does not wait until all others are moved.
    fn make_room(&mut self) {
        let room = self.numbers.len() / 8;
        self.pile.keys.reserve(room);
        self.numbers.reserve(room);
        self.weights.reserve(room);
        self.links.reserve(room);
        self.candidates.reserve(room);
        self.density.reserve(room);
        self.group.reserve(room);
        self.groups.reserve(room);
    }

    /// Finds the stories of the whole pile.
    fn find(&mut self) {
        for at in self.pile.order() {
            self.twins.entry(self.profile(at as u32).sums()).or_default().push(at as u32);
        }
        let (order, _) = self.pile.apart(self.caps.twins);
        let profiles = Ordered { profiles: &self.pile.profiles, order: &order };
        for (place, &at) in order.iter().enumerate() {
            let month = month(profiles.day(place));
            for &key in profiles.of(place).keys() {
                self.lists.entry((key, month)).or_default().push(at as u32);
            }
        }
        let found = links::links(profiles, self.caps);
        let density = cluster::density(order.len(), &found.links);
        let mut groups = cluster::stories(profiles, &density, &found.links);
        groups.iter_mut().for_each(|group| group.renumber(|place| order[place]));
        let mut alone: BTreeSet<usize> = order.iter().copied().collect();
        for at in groups.iter().flat_map(|group| &group.members) {
            alone.remove(at);
        }
        groups.extend(alone.into_iter().map(|at| Joined { members: vec![at], merges: Vec::new() }));
        for (place, &at) in order.iter().enumerate() {
            (self.candidates[at], self.density[at]) = (found.candidates[place], density[place]);
        }
        for Link { a, b, score } in found.links {
            let (a, b) = (order[a as usize], order[b as usize]);
            self.links[a].insert(b as u32, score);
            self.links[b].insert(a as u32, score);
        }
        self.settle(&BTreeSet::new(), groups);
    }

    /// Adds a report.
    pub fn add(&mut self, found: &Annotated) {
        self.pile.add(found);
        self.take_in();
    }

    /// The stories: indices of reports ascending in each, stories by their first.
    pub fn stories(&self) -> Vec<Vec<usize>> {
        let mut stories: Vec<Vec<usize>> = self.groups.iter().map(|group| group.members.clone()).collect();
        for twins in self.twins.values().filter(|twins| twins.len() > self.caps.twins) {
            let beyond = twins[self.caps.twins..].iter().map(|&at| at as usize);
            stories[self.group[twins[0] as usize] as usize].extend(beyond);
        }
        for (group, joined) in self.groups.iter().enumerate() {
            if let Some(host) = joined.members.first().and_then(|&at| self.host(at as u32)) {
                let hosted = std::mem::take(&mut stories[group]);
                stories[host as usize].extend(hosted);
            }
        }
        stories.retain(|story| !story.is_empty());
        stories.iter_mut().for_each(|story| story.sort_unstable());
        stories.sort_unstable();
        stories
    }

    /// The reports of the story of the report `at`, ascending.
    pub fn story(&self, at: usize) -> Vec<usize> {
        let group = match self.group[at] {
            NONE => self.group[self.twins[&self.profile(at as u32).sums()][0] as usize],
            group => group,
        };
        let alone = self.groups[group as usize].members[0] as u32;
        let group = self.host(alone).unwrap_or(group);
        let members = &self.groups[group as usize].members;
        let neighbours: BTreeSet<u32> =
            members.iter().flat_map(|&member| self.links[member].keys().copied()).collect();
        let hosted = neighbours.into_iter().filter(|&other| self.host(other) == Some(group));
        let members: Vec<usize> = members.iter().copied().chain(hosted.map(|at| at as usize)).collect();
        let with_twins = |&at: &usize| {
            let twins = &self.twins[&self.profile(at as u32).sums()];
            let beyond = twins.get(self.caps.twins..).filter(|_| twins[0] as usize == at).unwrap_or_default();
            std::iter::once(at).chain(beyond.iter().map(|&at| at as usize))
        };
        let mut story: Vec<usize> = members.iter().flat_map(with_twins).collect();
        story.sort_unstable();
        story
    }

    /// The group that a report goes with though it was joined to none, see [`cluster::host`].
    fn host(&self, at: u32) -> Option<u32> {
        let is_alone = |group: u32| self.groups[group as usize].members.len() == 1;
        if !self.is_crowded(at) || !is_alone(self.group[at as usize]) {
            return None;
        }
        let earlier = self.links[at as usize]
            .iter()
            .filter(|&(&other, _)| self.is_before(other, at) && !is_alone(self.group[other as usize]));
        let scored = earlier
            .map(|(&other, &score)| (self.group[other as usize] as usize, self.scaled(other, at, score)));
        let first =
            |group: &usize| self.groups[*group].members.iter().map(|&member| self.pile.rank(member)).min();
        cluster::host(scored, self.caps.compared, first).map(|group| group as u32)
    }

    fn profile(&self, at: u32) -> Profile<'_> {
        self.pile.profiles.of(at as usize)
    }

    fn is_before(&self, a: u32, b: u32) -> bool {
        self.pile.rank(a as usize) < self.pile.rank(b as usize)
    }

    /// Where in `list`, which is in order, `at` stands or would.
    fn place(&self, list: &[u32], at: u32) -> usize {
        list.partition_point(|&other| self.is_before(other, at))
    }

    /// Takes in the report that was added to the pile last.
    fn take_in(&mut self) {
        let at = self.numbers.len() as u32;
        self.numbers.push(at as usize);
        self.weights.push(Weight::of(&self.profile(at)));
        self.links.push(BTreeMap::new());
        self.candidates.push(0);
        self.density.push(0);
        self.group.push(NONE);
        self.shared.grow();
        let sums = self.profile(at).sums();
        let place = self.twins.get(&sums).map_or(0, |twins| self.place(twins, at));
        let twins = self.twins.entry(sums).or_default();
        twins.insert(place, at);
        if place >= self.caps.twins {
            return;
        }
        let beyond = twins.get(self.caps.twins).copied();
        let mut changes = Changes::default();
        if let Some(beyond) = beyond {
            self.take_out(beyond, &mut changes);
        }
        self.put_in(at, &mut changes);
        self.regroup(changes);
    }

    /// Puts a report among those that are held against others.
    fn put_in(&mut self, at: u32, changes: &mut Changes) {
        let (keys, month) = (self.profile(at).keys().to_vec(), month(self.profile(at).day));
        for &key in &keys {
            let place = self.lists.get(&(key, month)).map_or(0, |list| self.place(list, at));
            self.lists.entry((key, month)).or_default().insert(place, at);
        }
        self.group[at as usize] = self.slot();
        self.groups[self.group[at as usize] as usize].members.push(at as usize);
        changes.nearest.insert(at);
        changes.apart.insert(at);
        changes.again.insert(at);
        self.push_out(at, &keys, changes);
        let mut pairs = Vec::new();
        for (other, _) in self.behind(at) {
            self.candidates[other as usize] += 1;
            if self.is_crowded(other) {
                changes.again.insert(other);
            } else {
                pairs.push(other);
            }
        }
        self.score(at, &pairs, changes);
        std::mem::take(&mut changes.again).into_iter().for_each(|at| self.compare_again(at, changes));
    }

    /// Takes a report out of those that are held against others.
    fn take_out(&mut self, at: u32, changes: &mut Changes) {
        for (other, _) in self.behind(at) {
            if self.is_crowded(other) {
                changes.again.insert(other);
            }
            self.candidates[other as usize] -= 1;
        }
        let (keys, month) = (self.profile(at).keys().to_vec(), month(self.profile(at).day));
        for &key in &keys {
            let place = self.place(&self.lists[&(key, month)], at);
            // Those behind the one that moves up into the listed ones may share more now.
            if self.lists[&(key, month)].len() > self.caps.listed && place < self.caps.listed {
                changes.again.extend(self.finders(key, month, place));
            }
            if month != UNDATED && self.dated_before(key, month) + place < self.caps.listed {
                changes.again.extend(self.lists.get(&(key, UNDATED)).into_iter().flatten());
            }
            if let Some(list) = self.lists.get_mut(&(key, month)) {
                list.remove(place);
            }
        }
        for other in self.links[at as usize].clone().into_keys() {
            self.unlink(at, other, changes);
        }
        self.candidates[at as usize] = 0;
        let group = std::mem::replace(&mut self.group[at as usize], NONE);
        let members = &mut self.groups[group as usize].members;
        members.retain(|&member| member != at as usize);
        // What is left of its story is joined anew.
        match members.first() {
            Some(&first) => changes.apart.extend([first as u32]),
            None => {
                self.groups[group as usize] = Joined::default();
                self.free.push(group);
            }
        }
        changes.nearest.remove(&at);
        changes.apart.remove(&at);
        std::mem::take(&mut changes.again).into_iter().for_each(|at| self.compare_again(at, changes));
    }

    /// Whether a report could be compared with more earlier ones than it is.
    fn is_crowded(&self, at: u32) -> bool {
        self.candidates[at as usize] as usize > self.caps.compared
    }

    /// How many reports of the word lie in months before `month`.
    fn dated_before(&self, key: u32, month: i32) -> usize {
        self.lists.range((key, i32::MIN)..(key, month)).map(|(_, list)| list.len()).sum()
    }

    /// Those that a word leads to the report at `place` in the list of a month, if that is listed: those behind it there and in the
    /// month after.
    fn finders(&self, key: u32, month: i32, place: usize) -> impl Iterator<Item = u32> + '_ {
        let after = month.checked_add(1).filter(|&after| after != UNDATED);
        let after = after.and_then(|after| self.lists.get(&(key, after))).map_or(&[][..], |list| list);
        self.lists[&(key, month)][place + 1..].iter().chain(after).copied()
    }

    /// Looks again at the pairs of those that `at`, just put in, has pushed out of the listed ones.
    fn push_out(&mut self, at: u32, keys: &[u32], changes: &mut Changes) {
        let (listed, month) = (self.caps.listed, month(self.profile(at).day));
        let mut lost: BTreeMap<u32, Vec<(u32, Vec<u32>)>> = BTreeMap::new();
        for &key in keys {
            let list = &self.lists[&(key, month)];
            let place = self.place(list, at);
            if place < listed && list.len() > listed {
                let finders = self.finders(key, month, listed).collect();
                lost.entry(list[listed]).or_default().push((key, finders));
            }
            let Some(undated) = self.lists.get(&(key, UNDATED)).filter(|_| month != UNDATED) else {
                continue;
            };
            if self.dated_before(key, month) + place < listed
                && let Some(last) = self.dated(key).nth(listed)
            {
                lost.entry(last).or_default().push((key, undated.clone()));
            }
        }
        for (pushed, lists) in lost {
            for (key, finders) in &lists {
                self.shared.add(finders, links::told(*key));
            }
            let mut finders = Vec::new();
            self.shared.drain(|other, count, told| finders.push((other, count, told)));
            for (other, lost_count, lost_told) in finders {
                self.lose(pushed, other, (lost_count, lost_told), changes);
            }
        }
    }

    /// Looks again at a pair of which the later one is not led to the earlier one any more by so many words, which tell so much.
    fn lose(&mut self, earlier: u32, later: u32, lost: (u32, u32), changes: &mut Changes) {
        let (count, told) = self.shares(earlier, later);
        let (a, b) = (self.weights[earlier as usize], self.weights[later as usize]);
        if !self.is_near(earlier, later) || !a.is_enough(b, count + lost.0, told + lost.1) {
            return;
        }
        if self.is_crowded(later) {
            changes.again.insert(later);
        }
        if !a.is_enough(b, count, told) {
            self.candidates[later as usize] -= 1;
            self.unlink(earlier, later, changes);
        }
    }

    /// The dated reports of a word, in order.
    fn dated(&self, key: u32) -> impl Iterator<Item = u32> + '_ {
        self.lists.range((key, i32::MIN)..(key, UNDATED)).flat_map(|(_, list)| list).copied()
    }

    /// Whether two reports lie within the window of days.
    fn is_near(&self, a: u32, b: u32) -> bool {
        let days = self.profile(a).day.zip(self.profile(b).day);
        days.is_none_or(|(a, b)| a.abs_diff(b) <= WINDOW.unsigned_abs())
    }

    /// How many words lead the later one to the earlier one of two reports, and what they tell.
    fn shares(&self, earlier: u32, later: u32) -> (u32, u32) {
        let (mut count, mut told) = (0, 0);
        let (of_earlier, of_later) = (self.profile(earlier), self.profile(later));
        let month = month(of_earlier.day);
        for &key in of_earlier.keys().iter().filter(|key| of_later.keys().binary_search(key).is_ok()) {
            let place = self.place(&self.lists[&(key, month)], earlier);
            let before = if of_later.day.is_none() && of_earlier.day.is_some() {
                self.dated_before(key, month)
            } else {
                0
            };
            if before + place < self.caps.listed {
                (count, told) = (count + 1, told + links::told(key));
            }
        }
        (count, told)
    }

    /// The later reports that are led to `at`, with what the words tell that lead them.
    fn behind(&mut self, at: u32) -> Vec<(u32, u32)> {
        let mut shared = std::mem::take(&mut self.shared);
        let Profile { day, .. } = self.profile(at);
        let (listed, month) = (self.caps.listed, month(day));
        for &key in self.profile(at).keys() {
            let list = &self.lists[&(key, month)];
            let place = self.place(list, at);
            let told = links::told(key);
            if place < listed {
                shared.add(&list[place + 1..], told);
                if let Some((day, after)) = day.zip(self.lists.get(&(key, month.saturating_add(1)))) {
                    let is_near = |&other: &u32| self.profile(other).day.is_some_and(|of| of <= day + WINDOW);
                    shared.add(&after[..after.partition_point(is_near)], told);
                }
            }
            if let Some(undated) = self.lists.get(&(key, UNDATED)).filter(|_| day.is_some())
                && self.dated_before(key, month) + place < listed
            {
                shared.add(undated, told);
            }
        }
        self.enough(at, shared)
    }

    /// The earlier reports that `at` is led to, with what the words tell that do.
    fn before(&mut self, at: u32) -> Vec<(u32, u32)> {
        let mut shared = std::mem::take(&mut self.shared);
        let Profile { day, .. } = self.profile(at);
        let (listed, month) = (self.caps.listed, month(day));
        for &key in self.profile(at).keys() {
            let list = &self.lists[&(key, month)];
            let told = links::told(key);
            shared.add(&list[..self.place(list, at).min(listed)], told);
            let Some(day) = day else {
                shared.add(&self.dated(key).take(listed).collect::<Vec<u32>>(), told);
                continue;
            };
            if let Some(last) = self.lists.get(&(key, month - 1)) {
                let last = &last[..last.len().min(listed)];
                let is_far = |&other: &u32| self.profile(other).day.is_some_and(|of| of < day - WINDOW);
                shared.add(&last[last.partition_point(is_far)..], told);
            }
        }
        self.enough(at, shared)
    }

    /// Those who share enough with `at`, with what the words tell; `shared` is put back.
    fn enough(&mut self, at: u32, mut shared: Shared) -> Vec<(u32, u32)> {
        let mut found = Vec::new();
        shared.drain(|other, count, told| {
            if self.weights[at as usize].is_enough(self.weights[other as usize], count, told) {
                found.push((other, told));
            }
        });
        self.shared = shared;
        found
    }

    /// Compares a report with the earlier ones anew.
    fn compare_again(&mut self, at: u32, changes: &mut Changes) {
        let mut found = self.before(at);
        self.candidates[at as usize] = found.len() as u32;
        if self.is_crowded(at) {
            // Those that share most; of equals the earlier ones.
            found.sort_by_key(|&(other, told)| (Reverse(told), self.pile.rank(other as usize)));
            found.truncate(self.caps.compared);
        }
        let others: BTreeSet<u32> = found.into_iter().map(|(other, _)| other).collect();
        let linked: Vec<u32> = self.links[at as usize].keys().copied().collect();
        for other in linked.into_iter().filter(|other| !others.contains(other)) {
            if self.is_before(other, at) {
                self.unlink(at, other, changes);
            }
        }
        let fresh: Vec<u32> =
            others.into_iter().filter(|other| !self.links[at as usize].contains_key(other)).collect();
        self.score(at, &fresh, changes);
    }

    /// Scores the pairs of a report with others, and links those that score enough.
    fn score(&mut self, at: u32, others: &[u32], changes: &mut Changes) {
        if others.is_empty() {
            return;
        }
        let held = Held::new(self.profile(at));
        let scored: Vec<(u32, u32)> =
            others.iter().map(|&other| (other, held.score(&self.profile(other)))).collect();
        for (other, score) in scored.into_iter().filter(|&(_, score)| score >= LOOSE) {
            self.links[at as usize].insert(other, score);
            self.links[other as usize].insert(at, score);
            changes.nearest.extend([at, other]);
            changes.apart.insert(at);
        }
    }

    fn unlink(&mut self, a: u32, b: u32, changes: &mut Changes) {
        if self.links[a as usize].remove(&b).is_some() {
            self.links[b as usize].remove(&a);
            changes.nearest.extend([a, b]);
            changes.apart.extend([a, b]);
        }
    }

    /// A group without members.
    fn slot(&mut self) -> u32 {
        self.free.pop().unwrap_or_else(|| {
            self.groups.push(Joined::default());
            self.groups.len() as u32 - 1
        })
    }

    /// The score of a linked pair against the density around it.
    fn scaled(&self, a: u32, b: u32, score: u32) -> u64 {
        let profiles = Ordered { profiles: &self.pile.profiles, order: &self.numbers };
        cluster::scaled_score(profiles, &self.density, Link { a, b, score })
    }

    /// Joins the stories anew within which anything has changed.
    fn regroup(&mut self, mut changes: Changes) {
        for at in changes.nearest {
            let mut nearest = Nearest::default();
            self.links[at as usize].values().for_each(|&score| nearest.take_in(score));
            let before = std::mem::replace(&mut self.density[at as usize], nearest.density());
            // Bare headlines are scored without it.
            if before != nearest.density() && !is_headline(&self.profile(at)) {
                changes.apart.insert(at);
            }
        }
        let mut apart: BTreeSet<u32> = changes.apart.iter().map(|&at| self.group[at as usize]).collect();
        loop {
            let beside = self.beside(&apart);
            let joined = self.joined(&apart, &beside);
            let is_apart = |&at: &usize| apart.contains(&self.group[at]);
            let own = joined.into_iter().filter(|group| group.members.iter().any(is_apart));
            let own: Vec<Joined> = own.collect();
            let members = own.iter().flat_map(|group| &group.members);
            let taken: Vec<u32> = members.filter(|at| !is_apart(at)).map(|&at| self.group[at]).collect();
            if taken.is_empty() {
                return self.settle(&apart, own);
            }
            apart.extend(taken);
        }
    }

    /// The stories beside those that are taken apart, of which a part could join with theirs.
    fn beside(&self, apart: &BTreeSet<u32>) -> BTreeSet<u32> {
        // Of each member of another story the highest score with one of theirs.
        let mut highest: BTreeMap<u32, BTreeMap<usize, u64>> = BTreeMap::new();
        for &at in apart.iter().flat_map(|&group| &self.groups[group as usize].members) {
            for (&other, &score) in &self.links[at] {
                let group = self.group[other as usize];
                let score = self.scaled(at as u32, other, score);
                if !apart.contains(&group) && cluster::counts(score) {
                    let of_other = highest.entry(group).or_default().entry(other as usize).or_default();
                    *of_other = score.max(*of_other);
                }
            }
        }
        let could_join = highest.into_iter().filter(|(group, scores)| self.could_join(*group, scores));
        could_join.map(|(group, _)| group).collect()
    }

    /// Whether a part of a story could join another one before it was joined to the rest, where its members score so much at most.
    fn could_join(&self, group: u32, scores: &BTreeMap<usize, u64>) -> bool {
        let group = &self.groups[group as usize];
        let mut parts: BTreeMap<usize, (i64, i64)> = BTreeMap::new();
        let part = |parts: &BTreeMap<usize, (i64, i64)>, first: usize| {
            let alone = || (1000 * scores.get(&first).map_or(0, |&score| score as i64), 1);
            parts.get(&first).copied().unwrap_or_else(alone)
        };
        for merge in &group.merges {
            let [a, b] = merge.of.map(|first| part(&parts, first));
            if [a, b].into_iter().any(|(sum, count)| sum >= count.saturating_mul(merge.level)) {
                return true;
            }
            parts.insert(merge.of[0], (a.0 + b.0, a.1 + b.1));
        }
        let first = group.merges.last().map_or(group.members[0], |merge| merge.of[0]);
        let (sum, count) = part(&parts, first);
        sum >= count * 1000 * LINK as i64
    }

    /// The groups that the reports of the stories taken apart make, and those of the stories beside them.
    fn joined(&self, apart: &BTreeSet<u32>, beside: &BTreeSet<u32>) -> Vec<Joined> {
        let groups = apart.iter().chain(beside);
        let mut members: Vec<usize> =
            groups.flat_map(|&group| self.groups[group as usize].members.iter().copied()).collect();
        members.sort_by_key(|&at| self.pile.rank(at));
        let places: BTreeMap<usize, usize> = members.iter().copied().zip(0..).collect();
        let headlines = members.iter().map(|&at| is_headline(&self.profile(at as u32))).collect();
        let links = members.iter().enumerate().flat_map(|(place, &at)| {
            let group = self.group[at];
            let others = self.links[at].iter().filter_map(|(&other, &score)| {
                let of_other = self.group[other as usize];
                let is_met = group == of_other || apart.contains(&group) || apart.contains(&of_other);
                let after =
                    places.get(&(other as usize)).copied().filter(|&after| is_met && after > place)?;
                Some((place, after, self.scaled(at as u32, other, score)))
            });
            others.filter(|&(_, _, score)| cluster::counts(score)).collect::<Vec<_>>()
        });
        let mut joined = cluster::joined(headlines, links);
        joined.iter_mut().for_each(|group| group.renumber(|place| members[place]));
        joined
    }

    /// Puts the groups in `joined` in the place of those in `apart`.
    fn settle(&mut self, apart: &BTreeSet<u32>, joined: Vec<Joined>) {
        for &group in apart {
            self.groups[group as usize] = Joined::default();
            self.free.push(group);
        }
        for group in joined {
            let slot = self.slot();
            group.members.iter().for_each(|&at| self.group[at] = slot);
            self.groups[slot as usize] = group;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Basis, Precision, Stamp};

    const WORDS: [&str; 40] = [
        "ferry", "harbour", "tug", "sandbank", "lantern", "crossing", "deckhand", "gale", "mill", "hydrant",
        "wheel", "miller", "fireman", "inquiry", "council", "bridge", "choir", "festival", "jury", "song",
        "stage", "prize", "quarry", "tunnel", "miner", "lift", "shaft", "rescue", "orchard", "frost",
        "blossom", "grower", "harvest", "barley", "ballot", "mayor", "recount", "clerk", "tally", "booth",
    ];

    /// Reports of few words, some of which stand in many of them, a few of which are twins, over three months or without a day.
    fn reports(count: usize, seed: u64) -> Vec<Annotated> {
        let mut state = seed;
        let mut draw = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        let mut made: Vec<Annotated> = Vec::new();
        for number in 0..count {
            if number > 0 && draw(4) == 0 {
                let mut twin = made[draw(number)].clone();
                twin.report.key = draw(1 << 30) as u128;
                made.push(twin);
                continue;
            }
            let topic = draw(5) * 8;
            let mut word = |spread: usize| {
                WORDS[if draw(3) > 0 { topic + draw(8) } else { draw(WORDS.len()) }].repeat(1 + draw(spread))
            };
            let title = format!("The {} and the {}", word(1), word(1));
            let words: Vec<String> = (0..12).map(|_| word(2)).collect();
            let text =
                if number % 7 == 3 { String::new() } else { format!("The {}.", words.join(" and the ")) };
            let received =
                crate::model::Received { bytes: text.into(), title: Some(title), ..Default::default() };
            let mut found = crate::annotate(&received);
            found.report.key = draw(1 << 30) as u128;
            found.report.id = format!("r{number}");
            found.report.published = (draw(5) > 0).then(|| Stamp {
                value: format!("2025-{:02}-{:02}", 1 + draw(3), 1 + draw(28)),
                precision: Precision::Day,
                basis: Basis::Metadata,
                start: None,
                end: None,
            });
            made.push(found);
        }
        made
    }

    /// Adds reports one by one; returns for how many of all a cap left some out.
    fn check(caps: Caps, seed: u64) -> usize {
        let mut standing = Standing::within(caps);
        let mut pile = Pile::default();
        for (count, found) in reports(90, seed).iter().enumerate() {
            standing.add(found);
            pile.add(found);
            if count == 40 {
                standing = Standing::of(pile.clone(), caps);
            }
            let expected = pile.partition_within(caps).stories;
            assert_eq!(standing.stories(), expected, "after {count} reports of seed {seed} within {caps:?}");
            for story in &expected {
                story.iter().for_each(|&at| assert_eq!(&standing.story(at), story));
            }
        }
        let found = pile.partition_within(caps);
        assert!(found.stories.iter().filter(|story| story.len() > 2).count() > 3, "seed {seed}");
        found.capped
    }

    #[test]
    fn one_report_at_a_time_makes_the_stories_of_the_set() {
        (0..4).for_each(|seed| assert_eq!(check(CAPS, seed), 0));
    }

    #[test]
    fn and_so_it_does_where_caps_leave_some_out() {
        for seed in 0..4 {
            check(Caps { twins: 2, ..CAPS }, seed);
            assert!(check(Caps { listed: 3, ..CAPS }, seed) > 30);
            assert!(check(Caps { compared: 3, ..CAPS }, seed) > 30);
            assert!(check(Caps { listed: 4, compared: 2, twins: 1 }, seed) > 30);
        }
    }
}
