"""Renders pages with pandoc, for the eye, where Quarto cannot be had: `python .ci/look.py [PAGE…]`, front page and a few others without a name.
The pages are those that nbdev hands to Quarto; colours, cards, citations and the sidebar come from the site's own sources; what Quarto would add (search, hover, folding) is not here. Chromium, where it is installed, takes a picture of each in both themes."""
import argparse, html, os, re, shutil, subprocess, sys, tempfile
from pathlib import Path
sys.path.insert(0, str(Path(__file__).parent))
import docs

root = Path(__file__).resolve().parents[1]
PAGES = ['index.ipynb','methods/01_relax.ipynb','which_method.ipynb','gallery.ipynb']
STYLE = '''
* { box-sizing: border-box } html { scroll-padding-top: 4rem } body { margin: 0; background: var(--sx-bg); color: var(--sx-text); font: 16px/1.6 system-ui, "Source Sans 3", "DejaVu Sans", sans-serif }
a { color: var(--sx-link) } a:hover { color: var(--sx-link-hover) } hr { border: 0; border-top: 1px solid var(--sx-line) }
header { position: sticky; top: 0; z-index: 1; display: flex; gap: 1.4rem; align-items: center; padding: .5rem 1.4rem; background: var(--sx-nav-bg); color: var(--sx-nav-fg) } header a { color: var(--sx-nav-fg); text-decoration: none } header a:hover { color: var(--sx-nav-hl) }
header .brand { display: flex; gap: .6rem; align-items: center; font-weight: 650; font-size: 1.2rem } header img { width: 2.2rem; height: 2.2rem } header button { margin-left: auto; background: none; border: 1px solid var(--sx-nav-fg); color: var(--sx-nav-fg); border-radius: 6px; padding: .2rem .6rem; font: inherit }
.page { display: grid; grid-template-columns: 15.5rem minmax(0, 54rem) minmax(9rem, 13rem); gap: 2.2rem; max-width: 92rem; margin: 0 auto }
nav.side { background: var(--sx-side-bg); color: var(--sx-side-fg); padding: 1.2rem 1.1rem; font-size: .9rem; min-height: calc(100vh - 3.2rem) } nav.side a { color: var(--sx-side-fg); text-decoration: none; display: block; padding: .1rem 0 } nav.side a.here { color: var(--sx-side-hl); font-weight: 650 } nav.side a:hover { color: var(--sx-side-hl) }
nav.side summary { font-weight: 600; margin-top: .55rem; cursor: pointer } nav.side details a { margin-left: .9rem }
nav.toc { padding-top: 1.6rem; font-size: .85rem } nav.toc ul { list-style: none; padding-left: .8rem; margin: 0 } nav.toc a { color: var(--sx-muted); text-decoration: none }
main { padding: 1.2rem 0 3rem } h1 { font-size: 2.1rem; line-height: 1.2; margin: .6rem 0 .2rem } h2 { margin-top: 2.2rem; padding-bottom: .3rem; border-bottom: 1px solid var(--sx-line) } h3 { margin-top: 1.7rem }
code { font: .875em ui-monospace, "DejaVu Sans Mono", monospace; background: var(--sx-code-bg); color: var(--sx-code); padding: .1em .3em; border-radius: 4px } pre { background: var(--sx-block-bg); border-radius: 8px; padding: .7rem .9rem; overflow-x: auto } pre code { background: none; color: var(--sx-block); padding: 0; white-space: pre-wrap }
.cell-output pre { background: none; padding: 0 .9rem; margin: .4rem 0 } [class^="callout-"] { border: 1px solid var(--sx-line); border-left: 5px solid var(--sx-link); border-radius: 8px; padding: .5rem 1rem; margin: 1.2rem 0 } [class^="callout-"]::before { content: attr(title); font-weight: 650 }
[class^="callout-"] > p { margin: .3rem 0 } footer { background: var(--sx-foot-bg); color: var(--sx-foot-fg); padding: 1rem 1.4rem; display: flex; justify-content: space-between; font-size: .85rem } figure { margin: 1rem 0 } figcaption { display: none } summary { color: var(--sx-muted) }
.kw,.cf,.im,.bu { color: var(--hl-kw) } .st,.ss,.vs,.ch,.sc { color: var(--hl-st) } .co,.cv,.do { color: var(--hl-co); font-style: italic } .dv,.fl,.bn,.cn { color: var(--hl-dv) } .fu,.at { color: var(--hl-fu) }
html { --hl-kw: #7928a1; --hl-st: #236b00; --hl-co: #545454; --hl-dv: #9a4f00; --hl-fu: #00607d } html[data-theme=dark] { --hl-kw: #dcc6e0; --hl-st: #abe338; --hl-co: #b7b5a0; --hl-dv: #f5ab35; --hl-fu: #6fd6e6; color-scheme: dark }
@media (max-width: 60rem) { .page { grid-template-columns: 1fr } nav.side, nav.toc { display: none } main { padding: 1rem } }
'''
SCRIPT = "const t=d=>document.documentElement.dataset.theme=d?'dark':'light'; t(location.hash=='#dark'); document.querySelector('header button').onclick=()=>t(document.documentElement.dataset.theme!='dark')"

def style():
    "The site's colours and rules as one sheet."
    sheets = []
    for name,where in (('light',':root'), ('dark','html[data-theme=dark]')):
        scss = (root/f'nbs/site/{name}.scss').read_text(); v = docs.palette(scss)
        rules = scss.split('/*-- scss:rules --*/')[1].replace(':root', where)
        sheets.append(re.sub(r'#\{\$([\w-]+)\}', lambda m: v[m[1]], rules))
    return STYLE+'\n'.join(sheets)+(root/'nbs/site/common.scss').read_text().split('/*-- scss:rules --*/')[1]

def processed(page):
    "A page as nbdev hands it to Quarto."
    from execnb.nbio import read_nb
    from nbdev.processors import FilterDefaults
    at = os.getcwd(); os.chdir((root/'nbs'/page).parent); os.environ['IN_TEST'] = '1'
    try: nb = read_nb(root/'nbs'/page); FilterDefaults()(nb); return nb
    finally: os.chdir(at)

def text(o): return ''.join(o) if isinstance(o, list) else o or ''

def output(o, alt): # Markdown or HTML of an output
    d = o.get('data', {})
    if 'image/png' in d:
        w = o.get('metadata', {}).get('image/png', {}).get('width'); w = f' width="{w}"' if w else ''
        return f'<div class="cell-output-display">\n<img src="data:image/png;base64,{text(d["image/png"]).strip()}" alt="{html.escape(alt)}"{w}>\n</div>'
    if 'text/markdown' in d: return text(d['text/markdown'])
    if 'text/html' in d: return '<div class="cell-output-display">\n\n```{=html}\n'+re.sub(r'<style.*?</style>', '', text(d['text/html']), flags=re.S)+'\n```\n\n</div>'
    t = re.sub(r'\x1b\[[\d;]*m', '', text(o.get('text') or d.get('text/plain'))).rstrip()
    return f'::: cell-output\n````\n{t}\n````\n:::' if t and not t.startswith('<Figure') else ''

def source(nb):
    "Front matter and Markdown of a processed page."
    out = []
    for c in nb.cells:
        s = text(c.get('source'))
        if c.cell_type in ('raw','markdown'): out.append(s); continue
        keys = dict(re.findall(r'^#\|\s*([\w-]+):\s*(.*?)\s*$', s, re.M)); code = '\n'.join(l for l in s.splitlines() if not l.startswith('#|')).strip()
        if keys.get('include')=='false': continue
        if code and keys.get('echo')!='false':
            block = f'````{{.python}}\n{code}\n````'
            if 'code-fold' in keys: block = f'<details{" open" if keys["code-fold"]=="show" else ""}><summary>{keys.get("code-summary", "Code").strip(chr(34))}</summary>\n\n{block}\n\n</details>'
            out.append(block)
        out += [output(o, keys.get('fig-alt', '').strip('"')) for o in c.get('outputs', [])]
    return '\n\n'.join(o for o in out if o)+'\n'

def side(page, depth):
    "The sidebar, its section with this page open."
    def title(p): return docs.headings(root/'nbs'/p)[0][1] if (root/'nbs'/p).exists() else p
    def link(p): return f'<a href="{depth}{p[:-6]}.html"{" class=here" if p==page else ""}>{html.escape(title(p))}</a>'
    out = []
    for e in docs.load(root)[0]['nbs/sidebar.yml']['website']['sidebar']['contents']:
        if isinstance(e, str): out.append(link(e)); continue
        out.append(f"<details{' open' if page in e['contents'] else ''}><summary>{html.escape(e['section'])}</summary>{''.join(map(link, e['contents']))}</details>")
    return ''.join(out)

def render(page, out):
    import pypandoc
    nb = processed(page); q = docs.load(root)[0]['_quarto.yml']; bar = q['website']['navbar']; depth = '../'*page.count('/')
    head = f'<header><a class="brand" href="{depth}index.html"><img src="{depth}{bar["logo"]}" alt="{bar["logo-alt"]}">{q["website"]["title"]}</a>'+''.join(f'<a href="{depth}{e["href"][:-6]}.html">{e["text"]}</a>' for e in bar['left'])+'<button type="button">light / dark</button></header>'
    foot = f"<footer><span>{q['website']['page-footer']['left']}</span><span>{q['website']['page-footer']['right']}</span></footer>"
    template = f'''<!doctype html><html lang="{q['lang']}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>$title$ – sslxai</title><link rel="icon" href="{depth}{q['website']['favicon']}"><style>{style().replace('$', '$$')}</style></head>
<body>{head}<div class="page"><nav class="side">{side(page, depth)}</nav><main><h1 class="title">$title$</h1>$if(description)$<p class="description">$description$</p>$endif$$body$</main><nav class="toc">$if(toc)$$toc$$endif$</nav></div>{foot}<script>{SCRIPT}</script></body></html>'''
    with tempfile.TemporaryDirectory() as d:
        (Path(d)/'page.md').write_text(source(nb)); (Path(d)/'t.html').write_text(template)
        r = subprocess.run([pypandoc.get_pandoc_path(), f'{d}/page.md', '-f', 'markdown-implicit_figures', '-t', 'html5', '-s', '--template', f'{d}/t.html', '--toc', '--toc-depth=3', '--mathml', '--citeproc', '--bibliography', str(root/'nbs'/q['bibliography']),
                            '--csl', str(root/'nbs'/q['csl']), '-M', 'link-citations=true', '--wrap=none'], capture_output=True, text=True)
    if r.returncode or r.stderr: print(f'{page}: {r.stderr.strip()}')
    f = out/(page[:-6]+'.html'); f.parent.mkdir(parents=True, exist_ok=True); f.write_text(re.sub(r'(href="(?!https?:)[^"]*)\.ipynb', r'\1.html', r.stdout))
    return f

def main():
    ap = argparse.ArgumentParser(description=__doc__); ap.add_argument('pages', nargs='*', default=PAGES); ap.add_argument('--out', type=Path, default=root/'build/look'); ap.add_argument('--height', type=int, default=1700)
    a = ap.parse_args(); a.out.mkdir(parents=True, exist_ok=True)
    for d in ('site','images'): shutil.copytree(root/'nbs'/d, a.out/d, dirs_exist_ok=True)
    made = [render(p.removeprefix('nbs/'), a.out) for p in a.pages]; chromium = shutil.which('chromium') or shutil.which('google-chrome')
    for f in made:
        print(f)
        for theme in ('light','dark') if chromium else ():
            with tempfile.TemporaryDirectory() as d: subprocess.run([chromium, '--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', f'--user-data-dir={d}', '--host-resolver-rules=MAP * ~NOTFOUND',
                                      f'--window-size=1300,{a.height}', f'--screenshot={f.with_name(f.stem+"_"+theme+".png")}', f'{f.as_uri()}#{theme}'], capture_output=True, timeout=120)
    print('This is pandoc with the site\'s sources, for the eye; the site itself is made by Quarto (make docs).')

if __name__=='__main__': main()
