"Executes notebooks top to bottom and keeps their outputs, cleaned; without arguments all of them, in reading order."
import os, subprocess, sys
from pathlib import Path

root = Path(__file__).resolve().parents[1]
ONE = """
import sys
from execnb.shell import CaptureShell
from execnb.nbio import read_nb, write_nb
from pathlib import Path
nb = Path(sys.argv[1]); d = read_nb(nb)
for c in d.cells:
    if c.cell_type=='code': c.outputs = []   # a cell that prints nothing now keeps nothing from before
write_nb(d, nb); CaptureShell(path=str(nb.parent)).execute(nb, nb, exc_stop=True)
d = read_nb(nb)
for c in d.cells:
    if c.cell_type=='code': c.outputs = [o for o in c.outputs if o.get('name')!='stderr']   # warnings are for who runs a page, not for who reads it
write_nb(d, nb)
"""

def execute(nb):
    "Execute one notebook in a process of its own, with its folder as the working folder."
    env = dict(os.environ, TQDM_DISABLE='1', MPLBACKEND='module://matplotlib_inline.backend_inline')
    ok = subprocess.run([sys.executable, '-c', ONE, str(nb.resolve())], env=env, cwd=nb.parent).returncode==0
    subprocess.run([str(Path(sys.executable).parent/'nbdev_clean'), '--fname', str(nb)], check=True)
    print('ok  ' if ok else 'FAIL', nb, flush=True)
    return ok

if __name__=='__main__':
    nbs = [Path(o) for o in sys.argv[1:]] or sorted(p for p in (root/'nbs').rglob('*.ipynb') if '.ipynb_checkpoints' not in p.parts)
    done = [execute(nb) for nb in nbs]
    for f in ('readme.py','gallery.py'): subprocess.run([sys.executable, str(root/'.ci'/f)], check=True)
    sys.exit(not all(done))
