"Checks of the checkout as a whole; each yields a name and a list of what is wrong."
import json, re, shutil, subprocess, sys, tempfile
from pathlib import Path
sys.path.insert(0, str(Path(__file__).parent))
import readme

def pages(root): return sorted(p for p in (root/'nbs').rglob('*.ipynb') if '.ipynb_checkpoints' not in p.parts)

def exported(root):
    "The modules are what the notebooks export."
    lib = lambda: {p:p.read_text() for p in (root/'sslxai').rglob('*.py')}
    before = lib(); subprocess.run([str(Path(sys.executable).parent/'nbdev_export')], cwd=root, check=True)
    after = lib()
    return [f'{p.relative_to(root)} is not what its notebook exports' for p in sorted(before.keys()|after.keys()) if before.get(p)!=after.get(p)]

def same_readme(root):
    "README.md is the rendering of nbs/index.ipynb."
    text,figs = readme.render()
    bad = [] if (root/'README.md').read_text()==text else ['README.md differs from nbs/index.ipynb: run .ci/readme.py']
    return bad+[f'{p} differs from the figure in nbs/index.ipynb' for p,b in figs.items() if not (root/p).exists() or (root/p).read_bytes()!=b]

def executed(root):
    "Every page is saved executed, clean, and without an error."
    bad = []
    for p in pages(root):
        d,name = json.loads(p.read_text()),p.relative_to(root)
        code = [c for c in d['cells'] if c['cell_type']=='code']
        if any('id' not in c for c in d['cells']): bad.append(f'{name}: cells without ids')
        if any(c.get('execution_count') is not None for c in code): bad.append(f'{name}: not cleaned, run nbdev_clean')
        if any(o['output_type']=='error' for c in code for o in c['outputs']): bad.append(f'{name}: a saved error')
        for c in code:
            s = readme.cell_text(c)
            shows = re.search(r'^\s*(print\(|.*\.show\(|.*show_\w+\()', s, re.M) and not re.search(r'^#\|\s*(slow|hide|export)|^\s*(def|with|if|for|else|class)\b', s, re.M)
            if shows and not c['outputs']: bad.append(f'{name}: no saved output below {s.strip().splitlines()[0][:60]!r}')
    return bad

def in_sidebar(root):
    "The sidebar and the pages name each other."
    listed = set(re.findall(r'[\w/]+\.ipynb', (root/'nbs/sidebar.yml').read_text())); have = {str(p.relative_to(root/'nbs')) for p in pages(root)}
    return [f'nbs/{o} is not in nbs/sidebar.yml' for o in sorted(have-listed)]+[f'nbs/sidebar.yml names {o}, which is not there' for o in sorted(listed-have)]

def links(root):
    "Every link and picture inside the site leads somewhere."
    bad = []
    for p in pages(root):
        text = '\n'.join(readme.cell_text(c) for c in json.loads(p.read_text())['cells'] if c['cell_type']=='markdown')
        for l in re.findall(r'\]\(([^)\s]+)\)', text):
            if not re.match(r'https?:|#|mailto:', l) and not (p.parent/l.split('#')[0]).exists(): bad.append(f'{p.relative_to(root)}: {l} leads nowhere')
        badge = re.search(r'colab\.research\.google\.com/github/\S+?/blob/main/([^)]+)\)', text)
        if badge and badge[1]!=str(p.relative_to(root)): bad.append(f'{p.relative_to(root)}: its Colab badge opens {badge[1]}')
    return bad

def processed(root):
    "Every page can be processed into the site."
    with tempfile.TemporaryDirectory() as d:
        top = Path(d)/'checkout'; shutil.copytree(root, top, symlinks=True, ignore=shutil.ignore_patterns('.venv', '.git', '_proc', '_docs', 'build', '*.egg-info'))
        r = subprocess.run([sys.executable, '-c', 'from nbdev.serve import proc_nbs; proc_nbs()'], cwd=top, capture_output=True, text=True)
        made = {str(p.relative_to(top/'_proc')) for p in (top/'_proc').rglob('*.ipynb')}
    bad = [r.stderr.strip().splitlines()[-1]] if r.returncode else []
    return bad+[f'nbs/{n} did not make it' for n in sorted(str(p.relative_to(root/'nbs')) for p in pages(root)) if n not in made]

def checks(root):
    for f in (exported, same_readme, executed, in_sidebar, links, processed): yield f.__doc__.rstrip('.'), f(root)

if __name__=='__main__':
    bad = [(n,b) for n,b in checks(Path(__file__).resolve().parents[1])]
    for n,b in bad: print('FAIL' if b else 'ok  ', n, *b, sep='\n     ' if b else ' ')
    sys.exit(any(b for _,b in bad))
