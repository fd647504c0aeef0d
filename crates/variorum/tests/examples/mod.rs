//! The stories of `examples/`, for tests and benchmarks.

use variorum::model::Received;

/// Path and bytes of each report of a story.
type Reports = [(&'static str, &'static [u8]); 4];

/// The four stories: name, and path and bytes of each report.
pub const STORIES: [(&str, Reports); 4] = [
    (
        "court",
        [
            (
                "court/1-vellmouth-examiner.txt",
                include_bytes!("../../../../examples/court/1-vellmouth-examiner.txt"),
            ),
            (
                "court/2-northern-tribune.txt",
                include_bytes!("../../../../examples/court/2-northern-tribune.txt"),
            ),
            ("court/3-docket-daily.html", include_bytes!("../../../../examples/court/3-docket-daily.html")),
            ("court/4-evening-bugle.txt", include_bytes!("../../../../examples/court/4-evening-bugle.txt")),
        ],
    ),
    (
        "flood",
        [
            ("flood/1-kestrel-wire.txt", include_bytes!("../../../../examples/flood/1-kestrel-wire.txt")),
            (
                "flood/2-tri-county-ledger.txt",
                include_bytes!("../../../../examples/flood/2-tri-county-ledger.txt"),
            ),
            (
                "flood/3-lathe-valley-post.html",
                include_bytes!("../../../../examples/flood/3-lathe-valley-post.html"),
            ),
            (
                "flood/4-sentinel-online.txt",
                include_bytes!("../../../../examples/flood/4-sentinel-online.txt"),
            ),
        ],
    ),
    (
        "quarterly",
        [
            (
                "quarterly/1-bourse-wire.txt",
                include_bytes!("../../../../examples/quarterly/1-bourse-wire.txt"),
            ),
            (
                "quarterly/2-bourse-wire-corrected.txt",
                include_bytes!("../../../../examples/quarterly/2-bourse-wire-corrected.txt"),
            ),
            (
                "quarterly/3-tidemill-business.html",
                include_bytes!("../../../../examples/quarterly/3-tidemill-business.html"),
            ),
            (
                "quarterly/4-mercantile-observer.txt",
                include_bytes!("../../../../examples/quarterly/4-mercantile-observer.txt"),
            ),
        ],
    ),
    (
        "transfer",
        [
            (
                "transfer/1-corvane-wire.txt",
                include_bytes!("../../../../examples/transfer/1-corvane-wire.txt"),
            ),
            (
                "transfer/2-harbour-chronicle.txt",
                include_bytes!("../../../../examples/transfer/2-harbour-chronicle.txt"),
            ),
            (
                "transfer/3-the-terrace.html",
                include_bytes!("../../../../examples/transfer/3-the-terrace.html"),
            ),
            (
                "transfer/4-daily-lantern.txt",
                include_bytes!("../../../../examples/transfer/4-daily-lantern.txt"),
            ),
        ],
    ),
];

/// A report as a caller hands it in.
pub fn received(path: &str, bytes: &[u8]) -> Received {
    Received { bytes: bytes.to_vec(), path: Some(path.to_owned()), ..Received::default() }
}

/// The reports of a story.
pub fn story(at: usize) -> Vec<Received> {
    STORIES[at].1.iter().map(|(path, bytes)| received(path, bytes)).collect()
}

/// All sixteen reports.
pub fn pile() -> Vec<Received> {
    (0..STORIES.len()).flat_map(story).collect()
}
