#!/usr/bin/env python3
"""Reads the pages of extraction-dev with trafilatura and htmldate for Python, and times each call.

  trafilatura_py.py DATA OUT SET...

Writes OUT/TOOL/SET.json (predictions for that folder's score.py) and OUT/TOOL/SET.time (processor seconds over the
pages). One thread; pages decoded to UTF-8 first, given with their address; timed is the call alone.
"""
import gzip, json, os, re, sys, time
import logging

import trafilatura
from htmldate import find_date
from charset_normalizer import from_bytes

logging.disable(logging.CRITICAL)


def utf8(raw):
    """The page's text: UTF-8 where it is that, else by its meta element, else by detection."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    named = re.search(rb"charset=[\"' ]*([A-Za-z0-9_-]+)", raw[:4096])
    try:
        if named:
            return raw.decode(named.group(1).decode(), errors="replace")
    except LookupError:
        pass
    best = from_bytes(raw).best()
    return str(best) if best else raw.decode("latin-1")


def read(**settings):
    def call(text, url):
        found = trafilatura.bare_extraction(text, url=url, with_metadata=True, **settings)
        return found and {"text": found.text, "title": found.title, "author": found.author, "date": found.date}
    return call


def date(text, url):
    return {"text": "", "date": find_date(text, original_date=True, url=url)}


TOOLS = {
    "trafilatura-py": read(),
    "trafilatura-py-precision": read(favor_precision=True),
    "trafilatura-py-fast": read(fast=True),
}


def run(folder, out, name):
    tools = {"htmldate-py": date} if name == "htmldate" else TOOLS
    found = {tool: ({}, [0.0]) for tool in tools}
    for line in open(f"{folder}/gold.jsonl", encoding="utf-8"):
        row = json.loads(line)
        text = utf8(gzip.open(f"{folder}/pages/{row['id']}.html.gz").read())
        url = row["url"] if row["url"].startswith("http") else None
        for tool, call in tools.items():
            start = time.thread_time()
            try:
                prediction = call(text, url)
            except Exception:
                prediction = None
            found[tool][1][0] += time.thread_time() - start
            found[tool][0][row["id"]] = prediction or ""
    for tool, (predictions, (seconds,)) in found.items():
        os.makedirs(f"{out}/{tool}", exist_ok=True)
        json.dump(predictions, open(f"{out}/{tool}/{name}.json", "w"))
        open(f"{out}/{tool}/{name}.time", "w").write(f"{seconds}\n")


if __name__ == "__main__":
    data, out, *sets = sys.argv[1:]
    for name in sets:
        run(f"{data}/{name}", out, name)
