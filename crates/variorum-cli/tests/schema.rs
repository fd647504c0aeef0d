//! The published schema holds for what `compare --json` prints, and names every field that the records have.

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn schema() -> Value {
    serde_json::from_str(&std::fs::read_to_string(root().join("schema/edition.json")).unwrap()).unwrap()
}

/// The editions of all examples, one pile a folder, and of all of them together.
fn editions() -> Vec<(String, Value)> {
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(root().join("examples")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    folders
        .iter()
        .map(|folder| {
            let pile: Vec<_> = variorum_sources::open(&[folder]).map(|report| report.unwrap()).collect();
            let edition = variorum::editions(&pile);
            (folder.display().to_string(), serde_json::to_value(&edition).unwrap())
        })
        .collect()
}

#[test]
fn the_examples_editions_are_valid() {
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("edition.json", schema()).unwrap();
    let compiled = compiler.compile("edition.json", &mut schemas).unwrap();
    for (name, edition) in editions() {
        if let Err(error) = schemas.validate(&edition, compiled) {
            panic!("{name}: {error}");
        }
    }
}

#[test]
fn every_object_is_strict_and_every_field_of_the_records_is_named() {
    let schema = schema();
    let mut seen = BTreeSet::new();
    for (_, edition) in editions() {
        follow(&schema, &schema, &edition, &mut seen);
    }
    for (name, definition) in schema["$defs"].as_object().unwrap() {
        if definition["properties"].is_object() {
            assert_eq!(definition["additionalProperties"], Value::Bool(false), "{name} is strict");
        }
    }
    assert!(seen.contains("/reports"), "the walk reached the reports: {seen:?}");
}

/// Walks a value along its schema; the names of each object must be those of the schema, in the same order.
fn follow(root: &Value, schema: &Value, value: &Value, seen: &mut BTreeSet<String>) {
    let schema = resolve(root, schema, value);
    match value {
        Value::Object(fields) if schema["properties"].is_object() => {
            let named: Vec<&String> = schema["properties"]
                .as_object()
                .unwrap()
                .keys()
                .filter(|name| fields.contains_key(*name))
                .collect();
            assert_eq!(named, fields.keys().collect::<Vec<_>>(), "{}", schema["description"]);
            for required in schema["required"].as_array().unwrap() {
                assert!(fields.contains_key(required.as_str().unwrap()), "{required} is there");
            }
            for (name, field) in fields {
                seen.insert(format!("/{name}"));
                follow(root, &schema["properties"][name], field, seen);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| follow(root, &schema["items"], item, seen)),
        _ => {}
    }
}

fn resolve<'s>(root: &'s Value, schema: &'s Value, value: &Value) -> &'s Value {
    if let Some(name) = schema["$ref"].as_str() {
        return root.pointer(name.trim_start_matches('#')).unwrap();
    }
    match schema["anyOf"].as_array() {
        Some(either) if !value.is_null() => resolve(root, &either[0], value),
        _ => schema,
    }
}
