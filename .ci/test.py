"Runs every notebook in a process of its own, two at a time, then the checks of the whole; closes with `N passed, N failed`."
import argparse, os, sys, time
os.environ.update(OMP_NUM_THREADS='1', TQDM_DISABLE='1', MPLBACKEND='agg')
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from nbdev.test import test_nb
sys.path.insert(0, str(Path(__file__).parent))
import check

root = Path(__file__).resolve().parents[1]

def notebooks(names): # the notebooks to run, long ones first
    found = sorted(p for p in (root/'nbs').rglob('*.ipynb') if not any(o[0] in '._' for o in p.relative_to(root).parts))
    if names: found = [p for p in found if any(n in str(p.relative_to(root)) for n in names)]
    return sorted(found, key=lambda p: -p.stat().st_size)

def run(p, skip): return p, *test_nb(p, skip_flags=skip, basepath=root)

def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument('names', nargs='*', help='only notebooks whose path contains one of these')
    ap.add_argument('--slow', action='store_true', help='run the cells marked slow, too')
    a = ap.parse_args()
    skip,start,ok,bad = [] if a.slow else ['slow'],time.time(),0,[]
    skip += ['gpu','download']
    with ProcessPoolExecutor(2, mp_context=get_context('spawn'), max_tasks_per_child=1) as ex:
        for f in as_completed([ex.submit(run, p, skip) for p in notebooks(a.names)]):
            p,passed,secs = f.result()
            print(f"{'ok  ' if passed else 'FAIL'} {secs:6.1f} s  {p.relative_to(root)}", flush=True)
            ok += passed; bad += [] if passed else [p]
    for name,problems in ([] if a.names else check.checks(root)):
        print(f"{'FAIL' if problems else 'ok  '}           check: {name}", *problems, sep='\n            ', flush=True)
        ok += not problems; bad += [name] if problems else []
    print(f'{time.time()-start:.0f} s'); print(f'{ok} passed, {len(bad)} failed')
    sys.exit(bool(bad))

if __name__=='__main__': main()
