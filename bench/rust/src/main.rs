//! One whole run of the crate `process_mining`: imports an XES log, finds its directly-follows graph and its variants
//! (the projection to activities with multiplicities), and prints one JSON object with what each took, seconds: the import
//! once, the others as the best of five.

use process_mining::core::event_data::case_centric::utils::activity_projection::EventLogActivityProjection;
use process_mining::core::event_data::case_centric::xes::{import_xes_path, XESImportOptions};
use process_mining::discovery::case_centric::dfg::discover_dfg;
use process_mining::EventLog;
use std::time::Instant;

/// The least of five runs, seconds, and the last result.
fn best<T>(mut work: impl FnMut() -> T) -> (f64, T) {
    let mut least = f64::INFINITY;
    let mut result = None;
    for _ in 0..5 {
        let begun = Instant::now();
        result = Some(work());
        least = least.min(begun.elapsed().as_secs_f64());
    }
    (least, result.expect("five runs"))
}

fn main() {
    let path = std::env::args().nth(1).expect("the path of an XES log");
    let begun = Instant::now();
    let log: EventLog = import_xes_path(&path, XESImportOptions::default()).expect("a sound XES log");
    let import = begun.elapsed().as_secs_f64();
    let (dfg, graph) = best(|| discover_dfg(&log));
    let (variants, projection) = best(|| EventLogActivityProjection::from(&log));
    let events: usize = log.traces.iter().map(|trace| trace.events.len()).sum();
    println!(
        "{{\"cases\":{},\"events\":{},\"edges\":{},\"variants\":{},\"import\":{import:.4},\"dfg\":{dfg:.5},\"projection\":{variants:.5}}}",
        log.traces.len(),
        events,
        graph.directly_follows_relations.len(),
        projection.traces.len(),
    );
}
