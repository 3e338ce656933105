"""Runs every page where a reader would: alone in an empty folder, with the installed wheel and what its own install line names, and never the checkout.
Each runs in a Jupyter kernel, as the reader's does, and has to show as many figures as are saved in it. Cells marked slow, gpu or download are left out. Closes with `N passed, N failed`."""
import argparse, json, os, re, shutil, subprocess, sys, tempfile, time, venv
from importlib.metadata import Distribution, distributions
from pathlib import Path
sys.path.insert(0, str(Path(__file__).parent))
import docs

root = Path(__file__).resolve().parents[1]
LONG = 120 # seconds on two cores; whoever takes longer has to say so
RUN = '''
import re, sys
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
nb = nbformat.read(sys.argv[1], 4)
nb.cells = [c for c in nb.cells if not (c.cell_type=='code' and re.search(r'^#\\|\\s*(slow|gpu|download|eval:\\s*false)', c.source, re.M))]
def shown(): return sum('image/png' in o.get('data', {}) for c in nb.cells if c.cell_type=='code' for o in c.outputs)
saved = shown()
try: NotebookClient(nb, timeout=1800, kernel_name='python3').execute()
except CellExecutionError as e: sys.exit(f'{e.ename}: '+' '.join(e.evalue.split())[:600])
if shown()!=saved: sys.exit(f'{shown()} figures are shown, {saved} are saved')
'''

def wheel(to):
    "The wheel of a clean copy of the checkout."
    src = to/'src'; files = subprocess.run(['git','ls-files','-z','--cached','--others','--exclude-standard'], cwd=root, check=True, capture_output=True, text=True).stdout.split('\0')
    for f in files:
        if f and (root/f).is_file(): (src/f).parent.mkdir(parents=True, exist_ok=True); shutil.copy(root/f, src/f)
    subprocess.run([sys.executable, '-m', 'pip', 'wheel', '-q', '--no-deps', '-w', to, src], check=True)
    return next(to.glob('*.whl'))

def plain(name): return re.sub(r'[-_.]+', '-', name).lower()

def needed(site, requirements):
    "The distributions in `site` that these requirements bring with them, by name; and the names of those that are not there."
    from packaging.requirements import Requirement
    have = {plain(d.metadata['Name']):d for d in distributions(path=[str(site)])}; out,missing,seen,todo = {},set(),set(),[*map(Requirement, requirements)]
    while todo:
        r = todo.pop(); k = plain(r.name)
        if k not in have: missing.add(k); continue
        out[k] = have[k]
        for e in {'',*r.extras}-{o for n,o in seen if n==k}:
            seen.add((k,e)); todo += [q for q in map(Requirement, have[k].requires or []) if not q.marker or q.marker.evaluate(dict(extra=e))]
    return out,sorted(missing)

def lend(site, to, dists):
    "Links to what some distributions installed in `site`, and to nothing else there."
    tops = {Path(str(f)).parts[0] for d in dists for f in d.files or []}
    for t in tops-{'..','__pycache__','bin'}:
        if (site/t).exists() and not (to/t).exists(): (to/t).symlink_to(site/t)

def wants(p): # what the page's own install lines name besides the package itself: [(options, packages)]
    top = []
    for c in docs.cells(p):
        if c['cell_type']=='markdown': top += re.findall(r'(?<!!)pip install ([^`\n]+)', docs.source(c))
        elif re.search(r'^(from|import) sslxai', docs.source(c), re.M): break
    got = [([o for o in l.split() if o.startswith('-')], [o for o in l.split() if not o.startswith('-') and o!='sslxai']) for l in top]
    return [(a,b) for a,b in got if b]

class House:
    "An environment of its own, with the wheel in it."
    def __init__(self, folder, whl, site=None):
        self.folder,self.site = folder,site; venv.create(folder, with_pip=True, symlinks=True); self.python = folder/'bin/python'
        self.own = next((folder/'lib').glob('python*/site-packages'))
        self.pip('--no-deps', whl) if site else self.pip(whl)
        if site:
            requires = Distribution.at(next(self.own.glob('sslxai-*.dist-info'))).requires
            found,missing = needed(site, [r for r in requires if 'extra ==' not in r])
            if missing: print('not in the lent environment:', ', '.join(missing))
            lend(site, self.own, found.values())
    def pip(self, *what): subprocess.run([self.python, '-m', 'pip', 'install', '-q', '--disable-pip-version-check', *what], check=True)
    def add(self, options, packages):
        if self.site:
            found,missing = needed(self.site, packages)
            if not missing: lend(self.site, self.own, [d for k,d in found.items() if '--no-deps' not in options or k in map(plain, packages)]); return
        self.pip(*options, *packages)
    def where(self): return subprocess.run([self.python, '-c', 'import sslxai; print(sslxai.__file__)'], cwd=self.folder, env=clean(), check=True, capture_output=True, text=True).stdout.strip()
    def run(self, p):
        "A page, copied alone into an empty folder: whether it ran, seconds, what it said."
        with tempfile.TemporaryDirectory() as d:
            shutil.copy(p, Path(d)/p.name); (self.folder/'run.py').write_text(RUN); t = time.time()
            try: r = subprocess.run([self.python, self.folder/'run.py', p.name], cwd=d, env=clean(), capture_output=True, text=True, timeout=1800)
            except subprocess.TimeoutExpired: return False,time.time()-t,'no end after half an hour'
            left = sorted(str(o.relative_to(d)) for o in Path(d).iterdir() if o.name!=p.name)
            return r.returncode==0 and not left, time.time()-t, (r.stderr.strip().splitlines() or [f'ended with {r.returncode}'])[-1] if r.returncode else f"left behind: {', '.join(left)}" if left else ''

def clean(): # surroundings without a trace of the checkout
    return {k:v for k,v in os.environ.items() if k not in ('PYTHONPATH','VIRTUAL_ENV','PYTHONHOME','MPLBACKEND')}|dict(TQDM_DISABLE='1', PYTHONDONTWRITEBYTECODE='1')

def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument('names', nargs='*', help='only pages whose path contains one of these')
    ap.add_argument('--with-site', type=Path, help="site-packages of an existing environment: the requirements' own files are lent from there instead of being installed")
    a = ap.parse_args(); ok,bad,long = 0,[],[]
    todo = [p for p in docs.pages(root) if not a.names or any(n in docs.name(p, root) for n in a.names)]
    with tempfile.TemporaryDirectory(prefix='sslxai-pages-') as d:
        house = House(Path(d)/'venv', wheel(Path(d)), a.with_site and a.with_site.resolve()); at = house.where()
        if not at.startswith(str(house.own)): sys.exit(f'sslxai comes from {at}, not from the installed wheel')
        house.add([], ['ipykernel','nbclient']); print(f'sslxai from the wheel, in {house.folder}')
        for p in sorted(todo, key=lambda p: (bool(wants(p)), json.dumps(wants(p)), p)): # those that need nothing more come first
            for w in wants(p): house.add(*w)
            good,secs,said = house.run(p); ok += good; bad += [] if good else [p]
            says = re.search(r'minutes?|seconds?', '\n'.join(docs.markdown(p)[:4]))
            if secs>LONG: long.append(f"{docs.name(p, root)} ({secs:.0f} s{'' if says else ', and does not say so at its top'})")
            print(f"{'ok  ' if good else 'FAIL'} {secs:6.1f} s  {docs.name(p, root)}"+(f'\n            {said}' if said else ''), flush=True)
    if long: print(f'over {LONG} s:', *long, sep='\n  ')
    print(f'{ok} passed, {len(bad)} failed'); sys.exit(bool(bad))

if __name__=='__main__': main()
