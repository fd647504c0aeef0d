#!/usr/bin/env python3
"""One table of what each tool found and how fast: table.py DATA OUT SET...

Scores with DATA/score.py. `speed` is pages a second of processor time, `ratio` how many times as fast Variorum is. The
last lines of a set hold Variorum to its bars: F1 at least half a point above each peer, and six times the pages a
second of the Rust trafilatura in its setting of best F1.
"""
import importlib.util, json, os, sys

LEFT_OUT = "kr_HankookIlbo_2026_01_29"  # its gold does not fit its text (SOURCE.md)
OURS = "variorum"


def scorer(data):
    spec = importlib.util.spec_from_file_location("score", f"{data}/score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measures(score, gold, found):
    ids = sorted(gold)
    text = lambda i: (found[i].get("text") if isinstance(found[i], dict) else found[i]) or "" if i in found else ""
    body = {}
    if "with" in gold[ids[0]]:
        body = score.agg_segments([score.page_segments(gold[i], text(i)) for i in ids])
    elif any(gold[i].get("text") for i in ids):
        body = score.agg_shingle([score.page_shingle(gold[i]["text"], text(i)) for i in ids if gold[i].get("text")])
    meta = score.meta(gold, found, ids)
    of = lambda field, test: meta.get(field, {}).get(test)
    return {"F1": body.get("F1"), "P": body.get("P"), "R": body.get("R"), "exact": body.get("exact"),
            "title": of("title", "equal"), "contains": of("title", "contains"), "date": of("date", "same-day"),
            "strict": of("author", "strict"), "loose": of("author", "loose")}


def print_set(score, data, out, name):
    gold = {}
    for line in open(f"{data}/{name}/gold.jsonl", encoding="utf-8"):
        row = json.loads(line)
        if row["id"] != LEFT_OUT:
            gold[row["id"]] = row
    tools = sorted(t for t in os.listdir(out) if os.path.exists(f"{out}/{t}/{name}.json"))
    rows, speed = {}, {}
    for tool in tools:
        found = json.load(open(f"{out}/{tool}/{name}.json"))
        rows[tool] = measures(score, gold, found)
        speed[tool] = len(found) / max(float(open(f"{out}/{tool}/{name}.time").read()), 1e-9)
    main = "F1" if any(r["F1"] is not None for r in rows.values()) else "date"
    columns = [c for c in rows[tools[0]] if any(r[c] is not None for r in rows.values())]
    print(f"\n### {name}, {len(gold)} pages\n")
    print("| tool | " + " | ".join(columns) + " | speed | ratio |")
    print("|---|" + "--:|" * (len(columns) + 2))
    for tool in sorted(tools, key=lambda t: -(rows[t][main] or 0)):
        cells = [f"{rows[tool][c]:.3f}" if rows[tool][c] is not None else "–" for c in columns]
        ratio = f"{speed[OURS] / speed[tool]:.1f}" if OURS in speed else "–"
        print(f"| {tool} | " + " | ".join(cells) + f" | {speed[tool]:.0f} | {ratio} |")
    if OURS in tools and len(tools) > 1:
        print_bars(rows, speed, main)


def print_bars(rows, speed, main):
    best = max((t for t in rows if t != OURS), key=lambda t: rows[t][main] or 0)
    ahead = rows[OURS][main] - rows[best][main]
    print(f"\n{main}: {ahead:+.3f} against the best peer, {best} ({'reached' if ahead >= 0.005 else 'below'}: +0.005)")
    rust = [t for t in rows if t.startswith("trafilatura-rs")]
    if rust:
        of = max(rust, key=lambda t: rows[t][main] or 0)
        times = speed[OURS] / speed[of]
        print(f"speed: {times:.1f} times {of} ({'reached' if times >= 6 else 'below'}: 6)")


if __name__ == "__main__":
    data, out, *sets = sys.argv[1:]
    score = scorer(data)
    for name in sets:
        print_set(score, data, out, name)
