//! Maps a list with several threads and returns the results in the order of the list.

use std::{
    panic::resume_unwind,
    sync::{Mutex, PoisonError},
    thread,
};

/// The results of `each`, in the order of the items. With one worker or one item no thread is started.
pub fn map<T: Send, R: Send>(items: Vec<T>, workers: usize, each: impl Fn(T) -> R + Sync) -> Vec<R> {
    let workers = workers.min(items.len());
    if workers < 2 {
        return items.into_iter().map(each).collect();
    }
    let queue = Mutex::new(items.into_iter().enumerate());
    let work = || {
        let mut done = vec![];
        loop {
            let next = queue.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((at, item)) = next else { return done };
            done.push((at, each(item)));
        }
    };
    let mut answers: Vec<(usize, R)> = thread::scope(|scope| {
        let others: Vec<_> = (1..workers).map(|_| scope.spawn(work)).collect();
        let mut all = work();
        for other in others {
            all.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        all
    });
    answers.sort_unstable_by_key(|(at, _)| *at);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answers_come_in_the_order_of_the_items_however_many_work() {
        for workers in [0, 1, 2, 7, 100] {
            for many in [0, 1, 2, 50] {
                let found = map((0..many).collect(), workers, |item: u64| {
                    thread::sleep(std::time::Duration::from_micros((many - item) * 20));
                    item * item
                });
                assert_eq!(found, (0..many).map(|item| item * item).collect::<Vec<_>>(), "{workers} {many}");
            }
        }
    }

    #[test]
    #[should_panic(expected = "the third")]
    fn a_panic_of_one_is_a_panic_of_all() {
        map(vec![1, 2, 3], 2, |item| assert!(item != 3, "the third"));
    }
}
