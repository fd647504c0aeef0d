//! Parquet: one report a row, with the columns `id outlet url date title text`, or `html` for `text`.
//!
//! In: a Parquet file. Out: one [`Received`] a row, its bytes those of the column `html`, or of `text` where there is no `html`. The offset
//! of its container is the row's number, from 0. Only these columns are read, a page of the file at a time; names are compared
//! without regard to case. Timestamps and days are written as ISO 8601.
//! Leaves: lists, structs, files that are encrypted.

use crate::{Error, Origin};
use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use parquet::record::{Field, Row, reader::RowIter};
use parquet::schema::types::Type;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Once};
use variorum::model::Received;

/// Columns that are read.
const COLUMNS: [&str; 7] = ["id", "outlet", "url", "date", "title", "text", "html"];

/// The reports of a table.
pub struct Rows {
    rows: RowIter<'static>,
    origin: Origin,
    limit: u64,
    number: u64,
    is_done: bool,
}

/// The rows of `file`; `Err` says why there are none, as the end of a sentence.
pub fn open<C: ChunkReader + 'static>(file: C, origin: Origin, limit: u64) -> Result<Rows, String> {
    guarded(|| rows(file, origin, limit)).unwrap_or_else(Err)
}

fn rows<C: ChunkReader + 'static>(file: C, origin: Origin, limit: u64) -> Result<Rows, String> {
    let reader = SerializedFileReader::new(file).map_err(|error| error.to_string())?;
    let schema = reader.metadata().file_metadata().schema();
    let is_known = |field: &&Arc<Type>| field.is_primitive() && column(field.name()).is_some();
    let fields: Vec<Arc<Type>> = schema.get_fields().iter().filter(is_known).cloned().collect();
    if !fields.iter().any(|field| matches!(column(field.name()), Some("text" | "html"))) {
        return Err("it has no column `text` or `html`".to_owned());
    }
    let projection = Type::group_type_builder(schema.name()).with_fields(fields).build();
    let rows = RowIter::from_file_into(Box::new(reader))
        .project(Some(projection.map_err(|error| error.to_string())?))
        .map_err(|error| error.to_string())?;
    Ok(Rows { rows, origin, limit, number: 0, is_done: false })
}

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// What `work` gives. The crate `parquet` panics on some damaged files; that becomes a reason here, and nothing is printed.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |about| {
            if !IS_GUARDED.get() {
                before(about);
            }
        }));
    });
    let was = IS_GUARDED.replace(true);
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    IS_GUARDED.set(was);
    done.map_err(|_| "its data is damaged".to_owned())
}

/// The column that `name` means.
fn column(name: &str) -> Option<&'static str> {
    COLUMNS.into_iter().find(|column| column.eq_ignore_ascii_case(name))
}

impl Rows {
    fn report(&self, row: &Row) -> Result<Received, Error> {
        let place = self.origin.container(self.number);
        let mut received = Received { path: Some(crate::shown(&place)), ..Received::default() };
        for (name, field) in row.get_column_iter() {
            match (column(name), value(field)) {
                (Some("id"), value) => received.id = value,
                (Some("outlet"), value) => received.outlet = value,
                (Some("url"), value) => received.url = value,
                (Some("date"), value) => received.date = value,
                (Some("title"), value) => received.title = value,
                (Some(name), Some(text)) if name == "html" || received.field.is_none() => {
                    received.bytes = text.into_bytes();
                    received.field = Some(name.to_owned());
                    received.media = (name == "html").then(|| "text/html".to_owned());
                }
                _ => {}
            }
        }
        let reason = match received.field {
            None => "its row has neither `text` nor `html`".to_owned(),
            Some(_) if received.bytes.len() as u64 > self.limit => crate::too_large(self.limit),
            Some(_) => return Ok(Received { container: Some(place), ..received }),
        };
        Err(Error::Row { place, row: self.number, reason })
    }
}

impl Iterator for Rows {
    type Item = Result<Received, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let row = match guarded(|| self.rows.next()) {
            Ok(row) => row?.map_err(|error| error.to_string()),
            Err(reason) => Err(reason),
        };
        let found = match row {
            Ok(row) => self.report(&row),
            Err(error) => {
                self.is_done = true;
                let reason = format!("the rest of the table cannot be read: {error}");
                Err(Error::Row { place: self.origin.container(self.number), row: self.number, reason })
            }
        };
        self.number += 1;
        Some(found)
    }
}

/// A value in words; `None` for null, for empty text and for what is no single value.
fn value(field: &Field) -> Option<String> {
    let instant = |time: Result<jiff::Timestamp, jiff::Error>| time.ok().map(|time| time.to_string());
    let value = match field {
        Field::Str(text) => text.clone(),
        Field::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into_owned(),
        Field::Date(days) => {
            jiff::Timestamp::from_second(i64::from(*days) * 86_400).ok()?.strftime("%F").to_string()
        }
        Field::TimestampMillis(time) => instant(jiff::Timestamp::from_millisecond(*time))?,
        Field::TimestampMicros(time) => instant(jiff::Timestamp::from_microsecond(*time))?,
        Field::Null | Field::Group(_) | Field::ListInternal(_) | Field::MapInternal(_) => return None,
        other => other.to_string(),
    };
    (!value.trim().is_empty()).then_some(value)
}
