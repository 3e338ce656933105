"Plants one fault after another in a small copy of the site and sees whether the check that is there for it notices."
import json, shutil, tempfile
from pathlib import Path
import docs

FIGURE = dict(output_type='display_data', metadata={}, data={'image/png':'iVBORw0KGgo=', 'text/plain':'<Figure>'})
BADGE = '[![Open In Colab](https://colab.research.google.com/assets/colab-badge.svg)](https://colab.research.google.com/github/sslxai/sslxai/blob/main/nbs/%s)'
BIB = '@misc{doe2020maps,\n  title = {Maps},\n  author = {Doe, J.},\n  year = {2020},\n  url = {https://arxiv.org/abs/2001.00001}\n}\n'

def md(s): return dict(cell_type='markdown', id='', metadata={}, source=s)
def code(s, outputs=()): return dict(cell_type='code', id='', metadata={}, execution_count=None, outputs=list(outputs), source=s)
def write(p, cells):
    for i,c in enumerate(cells): c['id'] = f'c{i}'
    p.write_text(json.dumps(dict(cells=cells, metadata={}, nbformat=4, nbformat_minor=5)))

def small(real, root):
    "A site of few pages that all checks find in order, with the settings of the real one."
    nbs = root/'nbs'; (nbs/'a').mkdir(parents=True); shutil.copytree(real/'nbs/site', nbs/'site'); shutil.copy(real/'_quarto.yml', root); (nbs/'_quarto.yml').symlink_to('../_quarto.yml')
    (nbs/'site/sslxai.bib').write_text(BIB)
    made,_ = docs.load(real); bar = made['_quarto.yml']['website']['navbar']
    names = ['index.ipynb','a/00_x.ipynb',*[e['href'] for s in ('left','right') for e in bar.get(s, []) if e.get('href', '').endswith('.ipynb')]]
    names = list(dict.fromkeys(names))
    (nbs/'sidebar.yml').write_text('website:\n  sidebar:\n    contents:\n'+''.join(f'      - {n}\n' for n in names))
    for n in names: (nbs/n).parent.mkdir(exist_ok=True); write(nbs/n, [md('# A page\n> Of few words.'), md(BADGE%n)])
    write(nbs/'a/00_x.ipynb', [md('# X\n> A page.'), md(BADGE%'a/00_x.ipynb'), md('## First part\nAs known [@doe2020maps], see [there](../index.ipynb) and [here](#first-part).\n\n::: {.callout-note}\nA note.\n:::'),
        code('#| fig-alt: "A curve that rises and falls again."\nshow_map(a)', [FIGURE]), md('*What to see.*'), md('### A detail\nText with `a[@b](c)` and $x@y$.'), code('print(1)', [dict(output_type='stream', name='stdout', text='1')])])

def change(path, old, new): # a fault: replace text in a file
    def f(root):
        p = root/path; s = p.read_text(); assert old in s, f'{path}: {old!r} is not there to be changed'; p.write_text(s.replace(old, new, 1))
    return f
def cell(i, **kw): # a fault: other contents of a cell of the page
    def f(root):
        p = root/'nbs/a/00_x.ipynb'; d = json.loads(p.read_text()); d['cells'][i].update(kw); p.write_text(json.dumps(d))
    return f
def append(s): return lambda root: change('nbs/a/00_x.ipynb', '### A detail', '### A detail'+json.dumps('\n\n'+s)[1:-1])(root)

Q,S,B = '_quarto.yml','nbs/sidebar.yml','nbs/site/sslxai.bib'
FAULTS = [
    ('executed', 'not clean', cell(3, execution_count=3)), ('executed', 'error', cell(6, outputs=[dict(output_type='error', ename='E', evalue='', traceback=[])])), ('executed', 'no saved output', cell(6, outputs=[])),
    ('executed', 'live widget', cell(6, outputs=[dict(output_type='display_data', metadata={}, data={'application/vnd.jupyter.widget-view+json':{}})])),
    ('in_sidebar', 'page not listed', change(S, '      - a/00_x.ipynb\n', '')), ('in_sidebar', 'page not there', change(S, 'a/00_x', 'a/01_x')), ('in_sidebar', 'listed twice', change(S, '      - a/00_x.ipynb\n', '      - a/00_x.ipynb\n'*2)),
    ('in_sidebar', 'wrong key of a section', change(S, '      - a/00_x.ipynb', '      - sections: A\n        contents:\n          - a/00_x.ipynb')), ('settings', 'wrong key of the sidebar', change(S, 'contents', 'content')),
    ('settings', 'wrong key at the top', change(Q, 'link-citations', 'link-citation')), ('settings', 'wrong key of the website', change(Q, 'page-navigation', 'page-navigaton')), ('settings', 'wrong key of the format', change(Q, 'code-copy', 'copy-code')),
    ('settings', 'wrong kind of value', change(Q, 'toc: true', 'toc: "yes"')), ('settings', 'value that is none', change(Q, 'style: docked', 'style: dock')), ('settings', 'a key twice', change(Q, 'lang: en', 'lang: en\nlang: en')),
    ('settings', 'file not there', change(Q, 'site/favicon.png', 'site/favico.png')), ('settings', 'no YAML', change(Q, 'lang: en', 'lang: [en')),
    ('in_order', 'second title', append('# Again')), ('in_order', 'level left out', append('##### Deep')),
    ('links', 'page not there', append('[x](01_x.ipynb)')), ('links', 'anchor not there', append('[x](#second-part)')), ('links', 'anchor of another page', append('[x](../index.ipynb#nowhere)')), ('links', 'picture not there', append('![A map](no.png)')),
    ('links', 'attachment not there', append('![A map](attachment:no.png)')), ('links', 'badge of another page', change('nbs/a/00_x.ipynb', 'nbs/a/00_x.ipynb', 'nbs/a/00_y.ipynb')), ('links', 'no badge', cell(1, source='none')),
    ('closed', 'callout stays open', append('::: {.callout-tip}\nEver on.')), ('closed', 'one closed too often', append(':::')), ('closed', 'no attributes', append('::: {.callout-tip\nx\n:::')), ('closed', 'fence stays open', append('```python\nx')), ('closed', 'tag stays open', append('<details>')),
    ('described', 'no text', change('nbs/a/00_x.ipynb', '#| fig-alt', '# fig-alt')), ('described', 'text after code', cell(3, source='show_map(a)\n#| fig-alt: "A curve that rises and falls."')), ('described', 'too short', cell(3, source='#| fig-alt: "A figure"\nshow_map(a)')),
    ('described', 'picture without text', append('![](../site/card.png)')), ('described', 'tag without text', append('<img src="../site/card.png">')),
    ('captioned', 'no caption', cell(4, source='What to see.')),
    ('citations', 'unknown', append('[@doe2021maps]')), ('citations', 'unused', change(B, '@misc', '@misc{roe2020maps,\n  title = {M},\n  author = {R},\n  year = {2020},\n  url = {https://arxiv.org/abs/1}\n}\n@misc')), ('citations', 'no author', change(B, 'author', 'autor')),
    ('citations', 'no address', change(B, 'url', 'urn')), ('citations', 'another year', change(B, '{2020}', '{2021}')), ('citations', 'braces', change(B, '{Maps}', '{Maps}}')), ('citations', 'twice', change(B, '@misc', BIB+'@misc')), ('citations', 'unknown kind', change(B, '@misc', '@thing')),
    ('readable', 'pale text', lambda root: [p.write_text(docs.re.sub(r'(\$text-muted:\s*)#\w+', r'\g<1>#b0b0b0', p.read_text())) for p in [root/'nbs/site/light.scss']]), ('readable', 'dark on dark', lambda root: [p.write_text(docs.re.sub(r'(\$link-color:\s*)#\w+', r'\g<1>#335544', p.read_text())) for p in [root/'nbs/site/dark.scss']]),
    ('readable', 'no colour', lambda root: [p.write_text(docs.re.sub(r'(\$navbar-fg:\s*)#\w+', r'\g<1>white', p.read_text())) for p in [root/'nbs/site/dark.scss']])]

def missed(real):
    "What is planted and not seen, and what is seen where nothing is planted."
    by,bad = {f.__name__:f for f in docs.CHECKS},[]
    with tempfile.TemporaryDirectory() as d:
        clean = Path(d)/'clean'; small(real, clean)
        bad += [f'a site in order: {n} says {o}' for n,f in by.items() for o in f(clean)]
        for i,(n,what,plant) in enumerate(FAULTS):
            root = Path(d)/f'{i}'; shutil.copytree(clean, root, symlinks=True); plant(root)
            if not by[n](root): bad.append(f'{n} does not see: {what}')
            shutil.rmtree(root)
    return bad+[f'nothing is planted for {n}' for n in by if n not in {o[0] for o in FAULTS}]

if __name__=='__main__':
    bad = missed(Path(__file__).resolve().parents[1]); print(*bad, sep='\n'); print(f'{len(FAULTS)-len(bad)} of {len(FAULTS)} faults seen'); raise SystemExit(bool(bad))
