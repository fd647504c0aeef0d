//! dump
#![allow(clippy::all, clippy::print_stdout, clippy::disallowed_methods)]
fn main() {
    for p in std::env::args().skip(1) {
        let r = variorum::model::Received {
            bytes: std::fs::read(&p).unwrap(),
            path: Some(p.clone()),
            ..Default::default()
        };
        let a = variorum::annotate(&r);
        println!("== {p}");
        for (i, e) in a.entities.iter().enumerate() {
            println!("{i:3} {:?} {:?} {:?} {} role={:?}", e.kind, e.gender, e.is_namesake, e.name, e.role);
        }
        for m in &a.mentions {
            println!(
                "   {:5} {:?} {:?} {} -> {:?}",
                m.span.start(),
                m.form,
                m.kind,
                a.words(m.span),
                m.entity.map(|x| &a.entities[x].name)
            );
        }
    }
}
