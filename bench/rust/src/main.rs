//! One whole run of the crate `process_mining`: imports an XES log, finds its directly-follows graph and its variants
//! (the projection to activities with multiplicities), and prints one JSON object with what each took, seconds: the import
//! once, the others as the best of five. `processor` has the same in processor time over all threads, which a busy machine
//! moves less.

use process_mining::core::event_data::case_centric::utils::activity_projection::EventLogActivityProjection;
use process_mining::core::event_data::case_centric::xes::{import_xes_path, XESImportOptions};
use process_mining::discovery::case_centric::dfg::discover_dfg;
use process_mining::EventLog;
use std::time::Instant;

/// Processor time of all threads so far, seconds (Linux; 0 elsewhere).
fn processor() -> f64 {
    let Ok(threads) = std::fs::read_dir("/proc/self/task") else {
        return 0.0;
    };
    let of = |thread: std::fs::DirEntry| -> Option<f64> {
        let text = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<f64>().ok()
    };
    threads.flatten().filter_map(of).sum::<f64>() / 1e9
}

struct Took {
    seconds: f64,
    processor: f64,
}

/// The least of `runs` runs, and the last result.
fn best<T>(runs: usize, mut work: impl FnMut() -> T) -> (Took, T) {
    let mut least = Took { seconds: f64::INFINITY, processor: f64::INFINITY };
    let mut result = None;
    for _ in 0..runs {
        let (begun, before) = (Instant::now(), processor());
        result = Some(work());
        least.processor = least.processor.min(processor() - before);
        least.seconds = least.seconds.min(begun.elapsed().as_secs_f64());
    }
    (least, result.expect("a run"))
}

fn main() {
    let path = std::env::args().nth(1).expect("the path of an XES log");
    let read = || import_xes_path(&path, XESImportOptions::default()).expect("a sound XES log");
    let (import, log): (Took, EventLog) = best(1, read);
    let (dfg, graph) = best(5, || discover_dfg(&log));
    let (variants, projection) = best(5, || EventLogActivityProjection::from(&log));
    let events: usize = log.traces.iter().map(|trace| trace.events.len()).sum();
    let figures = |of: fn(&Took) -> f64| {
        format!(
            "\"import\":{:.5},\"dfg\":{:.5},\"projection\":{:.5}",
            of(&import),
            of(&dfg),
            of(&variants)
        )
    };
    println!(
        "{{\"cases\":{},\"events\":{},\"edges\":{},\"variants\":{},{},\"processor\":{{{}}}}}",
        log.traces.len(),
        events,
        graph.directly_follows_relations.len(),
        projection.traces.len(),
        figures(|took| took.seconds),
        figures(|took| took.processor),
    );
}
