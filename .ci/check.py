"Checks of the checkout as a whole; each yields a name and a list of what is wrong."
import os, shutil, subprocess, sys, tempfile
from pathlib import Path
sys.path.insert(0, str(Path(__file__).parent))
import docs, faults, gallery, readme
from docs import pages

def exported(root):
    "The modules are what the notebooks export"
    lib = lambda: {p:p.read_text() for p in (root/'sslxai').rglob('*.py')}
    before = lib(); subprocess.run([str(Path(sys.executable).parent/'nbdev_export')], cwd=root, check=True)
    after = lib()
    return [f'{p.relative_to(root)} is not what its notebook exports' for p in sorted(before.keys()|after.keys()) if before.get(p)!=after.get(p)]

def same_readme(root):
    "README.md is the rendering of nbs/index.ipynb"
    text,figs = readme.render(root/'nbs/index.ipynb')
    bad = [] if (root/'README.md').read_text()==text else ['README.md differs from nbs/index.ipynb: run .ci/readme.py']
    return bad+[f'{p} differs from the figure in nbs/index.ipynb' for p,b in figs.items() if not (root/p).exists() or (root/p).read_bytes()!=b]

def same_gallery(root):
    "The gallery shows the figures of the pages as they are saved"
    return gallery.stale(root)

def processed(root):
    "Every page can be processed into the site"
    with tempfile.TemporaryDirectory() as d:
        top = Path(d)/'checkout'; shutil.copytree(root, top, symlinks=True, ignore=shutil.ignore_patterns('.venv*', '.git', '_proc', '_docs', 'build', '*.egg-info', 'sslxai_out'))
        r = subprocess.run([sys.executable, '-c', 'from nbdev.serve import proc_nbs; proc_nbs()'], cwd=top, env=os.environ|dict(MPLBACKEND='agg'), capture_output=True, text=True)
        made = {str(p.relative_to(top/'_proc')) for p in (top/'_proc').rglob('*.ipynb')}
    bad = [r.stderr.strip().splitlines()[-1]] if r.returncode else []
    return bad+[f'nbs/{n} did not make it' for n in sorted(str(p.relative_to(root/'nbs')) for p in pages(root)) if n not in made]

def can_fail(root):
    "Each of these checks sees the faults that are planted for it"
    return faults.missed(root)

def checks(root, only=()):
    for f in (exported, same_readme, same_gallery, *docs.CHECKS, can_fail, processed):
        if not only or f.__name__ in only: yield f.__doc__, f(root)

if __name__=='__main__':
    bad = [(n,b) for n,b in checks(Path(__file__).resolve().parents[1], sys.argv[1:])]
    for n,b in bad: print('FAIL' if b else 'ok  ', n, *b, sep='\n     ' if b else ' ')
    sys.exit(any(b for _,b in bad))
