"Runs every notebook in a process of its own, two at a time, then the checks of the whole; closes with `N passed, N failed`."
import argparse, os, subprocess, sys, time
os.environ.update(OMP_NUM_THREADS='1', TQDM_DISABLE='1', MPLBACKEND='agg')
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from nbdev.test import test_nb
sys.path.insert(0, str(Path(__file__).parent))
import check

root = Path(__file__).resolve().parents[1]

def notebooks(names): # the notebooks to run, long ones first
    found = sorted(p for p in (root/'nbs').rglob('*.ipynb') if not any(o[0] in '._' for o in p.relative_to(root).parts))
    if names: found = [p for p in found if any(n in str(p.relative_to(root)) for n in names)]
    return sorted(found, key=lambda p: -p.stat().st_size)

def run(p, skip):
    "One notebook in a process of its own: path, whether it passed, seconds."
    t = time.time(); r = subprocess.run([sys.executable, __file__, '--one', p, '--skip', ' '.join(skip)])
    return p, r.returncode==0, time.time()-t

def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument('names', nargs='*', help='only notebooks whose path contains one of these')
    ap.add_argument('--slow', action='store_true', help='run the cells marked slow, too')
    ap.add_argument('--one', type=Path, help=argparse.SUPPRESS)
    ap.add_argument('--skip', default='', help=argparse.SUPPRESS)
    a = ap.parse_args()
    if a.one: sys.exit(not test_nb(a.one, skip_flags=a.skip.split(), basepath=root)[0])
    skip,start,ok,bad = [] if a.slow else ['slow'],time.time(),0,[]
    skip += ['gpu','download']
    with ThreadPoolExecutor(2) as ex:
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
