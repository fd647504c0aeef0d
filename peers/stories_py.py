"""Near-duplicates and stories of one pile of reports by Python peers: CPU seconds and reports a second, one thread.

  WRITE=/tmp/pile.jsonl cargo bench -p variorum --bench stories_growth -- 10000     the pile, as the benchmark makes it
  python3 peers/stories_py.py /tmp/pile.jsonl [COUNT]

datasketch and rensa find pairs that share word 5-grams (what Variorum calls copies); scikit-learn groups by TF-IDF and average
linkage (stories), for which it holds the distance of every two reports: it is given at most HELD of them.
"""
import json, os, re, sys, time
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

HELD = 5000
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf8")]
texts = texts[: int(sys.argv[2])] if len(sys.argv) > 2 else texts


def grams(text):
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[at : at + 5]) for at in range(len(words) - 4)}


def timed(name, work, count):
    start = time.process_time()
    found = work()
    seconds = time.process_time() - start
    print(f"| {name} | {count} | {seconds:.1f} | {count / seconds:.0f} | {found} |", flush=True)


def datasketch():
    from datasketch import MinHash, MinHashLSH
    index, pairs = MinHashLSH(threshold=0.5, num_perm=128), 0
    for at, text in enumerate(texts):
        sketch = MinHash(num_perm=128)
        sketch.update_batch([gram.encode() for gram in grams(text)])
        pairs += len(index.query(sketch))
        index.insert(str(at), sketch)
    return f"{pairs} pairs"


def rensa():
    from rensa import RMinHash, RMinHashLSH
    index, pairs = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32), 0
    for at, text in enumerate(texts):
        sketch = RMinHash(num_perm=128, seed=1)
        sketch.update(list(grams(text)))
        pairs += len(index.query(sketch))
        index.insert(at, sketch)
    return f"{pairs} pairs"


def sklearn():
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics.pairwise import cosine_distances
    distances = cosine_distances(TfidfVectorizer(sublinear_tf=True, min_df=2).fit_transform(texts[:HELD]))
    groups = AgglomerativeClustering(n_clusters=None, metric="precomputed", linkage="average", distance_threshold=0.75)
    return f"{len(set(groups.fit_predict(distances)))} groups"


print("| peer | reports | CPU s | reports/s | found |\n|---|--:|--:|--:|--:|")
timed("datasketch, MinHash LSH .5", datasketch, len(texts))
timed("rensa, RMinHash LSH .5", rensa, len(texts))
timed("scikit-learn, TF-IDF and average linkage", sklearn, min(HELD, len(texts)))
