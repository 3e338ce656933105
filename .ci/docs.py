"Checks of the site, without Quarto: its pages, settings, bibliography and colours; each takes the checkout and gives a list of what is wrong."
import json, re
from functools import reduce
from pathlib import Path
import yaml

def pages(root): return sorted(p for p in (root/'nbs').rglob('*.ipynb') if '.ipynb_checkpoints' not in p.parts and 'sslxai_out' not in p.parts)
def cells(p): return json.loads(p.read_text())['cells']
def source(c): return ''.join(c['source'])
def name(p, root): return str(p.relative_to(root/'nbs'))

def unfenced(s):
    "Markdown without its fenced blocks."
    return re.sub(r'^(`{3,}|~{3,}).*?^\1`*\s*$', '', s, flags=re.M|re.S)

def prose(s):
    "Markdown without code and formulas, where signs mean something else."
    s = re.sub(r'(`+)(?!`).*?(?<!`)\1(?!`)', 'code', unfenced(s), flags=re.S)
    return re.sub(r'\$\$.*?\$\$|\$(?=\S)[^$]*?(?<=\S)\$', 'formula', s, flags=re.S)

def markdown(p): return [source(c) for c in cells(p) if c['cell_type']=='markdown']

# ---- headings and links

def headings(p): # (level, text) in order, without those that nbdev drops
    return [(len(m[1]), m[2]) for s in markdown(p) for m in re.finditer(r'^(#{1,6})[ \t]+(.+?)[ \t]*#*$', unfenced(s), re.M) if not m[2].endswith(' -')]

def anchor(s):
    "The id that pandoc gives a heading."
    s = re.sub(r'\[([^\]]*)\]\([^)]*\)', r'\1', re.sub(r'\{[^}]*\}\s*$', '', s))
    s = re.sub(r'\s+', '-', re.sub(r'[^\w\s.-]', '', re.sub(r'[`*$\\]', '', s)).strip().lower())
    return re.sub(r'^[^a-z]+', '', s) or 'section'

def anchors(p):
    "All ids of a page: headings, explicit ids, and the names that nbdev documents."
    out = set()
    for _,h in headings(p):
        a = (re.search(r'\{#([\w.-]+)', h) or [None,anchor(h)])[1]
        out.add(a if a not in out else next(f'{a}-{i}' for i in range(1, 99) if f'{a}-{i}' not in out))
    for c in cells(p):
        s = source(c)
        if c['cell_type']=='code' and re.search(r'^#\|\s*exports?\b', s, re.M): out |= {n.lower() for n in re.findall(r'^(?:class|def) (\w+)', s, re.M)}
        if c['cell_type']=='markdown': out |= set(re.findall(r'(?:\{#|\bid=")([\w.-]+)', s))
    return out

def in_order(root):
    "Every page has one title, and its headings come in order"
    bad = []
    for p in pages(root):
        hs,last = headings(p),0
        if not hs or hs[0][0]!=1 or sum(n==1 for n,_ in hs)!=1: bad.append(f'{name(p, root)}: one title at the top is wanted, there are {sum(n==1 for n,_ in hs)}')
        for n,h in hs:
            if last and n>last+1: bad.append(f'{name(p, root)}: {"#"*n} {h!r} follows {"#"*last}')
            last = n
    return bad

def links(root):
    "Every link, anchor and picture inside the site leads somewhere"
    bad,known = [],{}
    for p in pages(root):
        for c in cells(p):
            if c['cell_type']!='markdown': continue
            s = prose(source(c))
            for l in re.findall(r'\]\(([^)\s]+)', s)+re.findall(r'(?:href|src)="([^"]+)"', s):
                if re.match(r'https?:|mailto:', l): continue
                if l.startswith('attachment:'):
                    if l[11:] not in c.get('attachments', {}): bad.append(f'{name(p, root)}: {l} is not attached to its cell')
                    continue
                path,_,a = l.partition('#'); q = (p.parent/path).resolve() if path else p
                if not q.exists(): bad.append(f'{name(p, root)}: {l} leads nowhere'); continue
                if a and q.suffix=='.ipynb':
                    if q not in known: known[q] = anchors(q)
                    if a not in known[q]: bad.append(f'{name(p, root)}: {l} is no heading there')
        badge = re.search(r'colab\.research\.google\.com/github/\S+?/blob/main/nbs/([^)]+)\)', '\n'.join(markdown(p)))
        if badge is None: bad.append(f'{name(p, root)}: no Colab badge')
        elif badge[1]!=name(p, root): bad.append(f'{name(p, root)}: its Colab badge opens {badge[1]}')
    return bad

# ---- divs and callouts

def closed(root):
    "Every div, callout and fence closes"
    bad = []
    for p in pages(root):
        depth,html,fences = 0,{},0
        for s in markdown(p):
            fences += len(re.findall(r'^(?:`{3,}|~{3,})', s, re.M))%2
            for m in re.finditer(r'^(:{3,})[ \t]*(\S.*)?$', unfenced(s), re.M):
                depth += 1 if m[2] else -1
                if depth<0: bad.append(f'{name(p, root)}: a ::: closes nothing'); depth = 0
                if m[2] and not re.match(r'\{[^{}]*\}\s*:*$|[\w-]+\s*:*$', m[2]): bad.append(f'{name(p, root)}: ::: {m[2]} opens no div')
            for end,tag in re.findall(r'<(/?)(div|details|span|table)\b', prose(s)): html[tag] = html.get(tag, 0)+(-1 if end else 1)
        if depth: bad.append(f'{name(p, root)}: {depth} ::: never close')
        if fences: bad.append(f'{name(p, root)}: a code fence never closes in its cell')
        bad += [f'{name(p, root)}: <{k}> opened {n} times too often' if n>0 else f'{name(p, root)}: </{k}> closed {-n} times too often' for k,n in html.items() if n]
    return bad

# ---- figures

def described(root):
    "Every saved figure and picture has an alternative text"
    bad = []
    for p in pages(root):
        for i,c in enumerate(cells(p)):
            s = source(c)
            if c['cell_type']=='markdown':
                bad += [f'{name(p, root)} cell {i}: {m!r} has no alternative text' for m in re.findall(r'!\[\s*\]\([^)]*\)', prose(s))]
                bad += [f'{name(p, root)} cell {i}: {m!r} has no alternative text' for m in re.findall(r'<img\b(?![^>]*\balt="[^"]+")[^>]*>', prose(s))]
                continue
            if not any(k.startswith('image/') for o in c['outputs'] for k in o.get('data', {})) or re.search(r'^#\|\s*(hide\b|include:\s*false|output:\s*false)', s, re.M): continue
            head = re.match(r'(?:\s*#\|.*\n?)*', s)[0]
            alt = re.search(r'^#\| fig-alt: "([^"\n]*)"\s*$', head, re.M)
            first = next((l for l in s.splitlines() if l.strip() and not l.startswith('#|')), '')[:50]
            if not alt: bad.append(f'{name(p, root)} cell {i}: no "#| fig-alt" line above {first!r}')
            elif len(alt[1])<20: bad.append(f'{name(p, root)} cell {i}: {alt[1]!r} says too little')
    return bad

def captioned(root):
    "Every saved figure is followed by a caption that says what to see"
    bad = []
    for p in pages(root):
        cs = cells(p)
        for i,c in enumerate(cs):
            if any(k.startswith('image/') for o in c.get('outputs', []) for k in o.get('data', {})) and not re.search(r'^#\|\s*(hide\b|include:\s*false|output:\s*false)', source(c), re.M):
                if not any(o['cell_type']=='markdown' and re.match(r'\*[^*\s]', source(o)) for o in cs[i+1:i+4]): bad.append(f'{name(p, root)} cell {i}: no caption in italics below')
    return bad

# ---- bibliography

def bibliography(root): # [(kind, key, {field: value})]
    text = (root/'nbs/site/sslxai.bib').read_text(); out = []
    for e in re.split(r'^(?=@)', text, flags=re.M):
        if m := re.match(r'@(\w+)\{([^,\s]*),', e):
            out.append((m[1], m[2], {k.lower():v for k,v in re.findall(r'^\s*(\w+) = \{(.*)\},?$', e, re.M)}|({} if e.count('{')==e.count('}') else {'braces':''})))
    return out

def cited(s): return re.findall(r'(?<![\w@./-])@([A-Za-z]\w*)', prose(s))

def citations(root):
    "Every citation is in the bibliography, which holds nothing malformed and nothing unused"
    bib,bad,used = bibliography(root),[],set()
    keys = [k for _,k,_ in bib]
    bad += [f'sslxai.bib: {k} stands there twice' for k in sorted({k for k in keys if keys.count(k)>1})]
    for kind,k,f in bib:
        if 'braces' in f: bad.append(f'sslxai.bib: {k}: braces do not match')
        if kind not in ('article','inproceedings','misc','book'): bad.append(f'sslxai.bib: {k}: kind {kind!r}')
        if not re.fullmatch(r'[a-z]+(19|20)\d\d[a-z0-9]+', k): bad.append(f'sslxai.bib: {k}: keys are firstauthorYEARword')
        if lacks := [o for o in ('title','author','year') if not f.get(o)]: bad.append(f"sslxai.bib: {k}: no {', '.join(lacks)}")
        elif f['year'] not in k: bad.append(f"sslxai.bib: {k}: its year is {f['year']}")
        if not (re.match(r'10\.\d{4,}/', f.get('doi', '')) or re.match(r'https://\S+$', f.get('url', ''))): bad.append(f'sslxai.bib: {k}: neither a DOI nor an address')
    for p in pages(root):
        for k in [k for s in markdown(p) for k in cited(s)]:
            used.add(k)
            if k not in keys: bad.append(f'{name(p, root)}: @{k} is not in sslxai.bib')
    return bad+[f'sslxai.bib: nobody cites {k}' for k in sorted(set(keys)-used)]

# ---- settings

NAV = dict(text=str, href=str, icon=str, **{'aria-label':str, 'menu':list})
KEYS = { # what we use of Quarto's reference (website, html); anything else is taken for a slip
    'project':dict(type=str, resources=list, **{'output-dir':str}), 'lang':str, 'bibliography':str, 'csl':str, 'link-citations':bool, 'metadata-files':list,
    'format':dict(html={'theme':dict(light=list, dark=list), 'highlight-style':str, 'toc':bool, 'toc-depth':int, 'code-copy':bool, 'code-overflow':str, 'code-fold':(bool,str), 'citations-hover':bool, 'anchor-sections':bool,
                        'grid':{'sidebar-width':str, 'body-width':str, 'margin-width':str}}),
    'website':{'title':str, 'description':str, 'favicon':str, 'image':str, 'open-graph':bool, 'twitter-card':{'card-style':str}, 'site-url':str, 'repo-url':str, 'repo-subdir':str, 'repo-branch':str, 'repo-actions':list,
               'page-navigation':bool, 'back-to-top-navigation':bool, 'bread-crumbs':bool, 'search':dict(location=str, type=str), 'navbar':{'logo':str, 'logo-alt':str, 'left':[NAV], 'right':[NAV]},
               'sidebar':{'style':str, 'collapse-level':int, 'contents':list}, 'page-footer':dict(left=str, center=str, right=str)}}
VALUES = {'project.type':('website',), 'website.sidebar.style':('docked','floating'), 'website.search.location':('navbar','sidebar'), 'website.search.type':('overlay','textbox'), 'format.html.code-overflow':('wrap','scroll'),
          'website.twitter-card.card-style':('summary','summary_large_image')}

class Once(yaml.SafeLoader):
    "YAML in which a key may stand once."
    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(k, deep) for k,_ in node.value]
        if len(keys)>len(set(keys)): raise yaml.YAMLError(f'{next(k for k in keys if keys.count(k)>1)!r} stands there twice')
        return super().construct_mapping(node, deep)

def compare(got, want, path=''): # what is wrong with settings
    if isinstance(want, dict):
        if not isinstance(got, dict): return [f'{path}: keys are wanted, got {got!r}']
        return [o for k,v in got.items() for o in (compare(v, want[k], f'{path}.{k}'.lstrip('.')) if k in want else [f"{path or 'at the top'}: there is no key {k!r}"])]
    if isinstance(want, list):
        if not isinstance(got, list): return [f'{path}: a list is wanted']
        return [o for i,v in enumerate(got) for o in compare(v, want[0], f'{path}[{i}]')]
    if not isinstance(got, want): return [f'{path}: got {got!r}']
    return [f'{path}: got {got!r}, one of {VALUES[path]} is wanted'] if path in VALUES and got not in VALUES[path] else []

def in_contents(contents, path='sidebar'): # pages and what is wrong with a sidebar's entries
    out,bad = [],[]
    for e in contents:
        if isinstance(e, str): out.append(e)
        elif not isinstance(e, dict): bad.append(f'{path}: {e!r} is neither a page nor a section')
        else:
            bad += [f'{path}: there is no key {k!r}' for k in e if k not in ('section','contents','href','text')]
            if 'href' in e: out.append(e['href'])
            a,b = in_contents(e.get('contents', []), f"{path} › {e.get('section')}"); out += a; bad += b
    return out,bad

def load(root):
    "Settings of the site: _quarto.yml with what nbdev adds and the sidebar; or what is wrong with them."
    made,bad = {},[]
    for f in ('_quarto.yml','nbs/sidebar.yml'):
        try: made[f] = yaml.load((root/f).read_text(), Once) or {}
        except yaml.YAMLError as e: bad.append(f'{f}: {" ".join(str(e).split())}')
    return made,bad

def settings(root):
    "The settings are those that Quarto knows, and the files they name are there"
    made,bad = load(root)
    for f,d in made.items(): bad += [f'{f}: {o}' for o in compare(d, KEYS)]
    q = made.get('_quarto.yml', {}); get = lambda *ks: reduce(lambda d,k: d.get(k, {}) if isinstance(d, dict) else {}, ks, q)
    files = [get('bibliography'), get('csl'), get('website','favicon'), get('website','image'), get('website','navbar','logo'), *(get('project','resources') or []),
             *[t for m in ('light','dark') for t in (get('format','html','theme',m) or []) if t.endswith('.scss')], *[e['href'] for s in ('left','right') for e in get('website','navbar',s) or [] if isinstance(e, dict) and 'href' in e]]
    bad += [f'_quarto.yml: {f} is not there' for f in files if isinstance(f, str) and not f.startswith('http') and not (root/'nbs'/f).exists()]
    if 'nbdev.yml' not in (q.get('metadata-files') or []) or 'sidebar.yml' not in (q.get('metadata-files') or []): bad.append('_quarto.yml: metadata-files must name nbdev.yml and sidebar.yml')
    if not (root/'nbs/_quarto.yml').exists(): bad.append('nbs/_quarto.yml must lead to _quarto.yml')
    return bad

def in_sidebar(root):
    "The sidebar and the pages name each other"
    made,bad = load(root)
    listed,more = in_contents(((made.get('nbs/sidebar.yml', {}).get('website') or {}).get('sidebar') or {}).get('contents') or []); have = {name(p, root) for p in pages(root)}
    return bad+more+[f'nbs/{o} is not in nbs/sidebar.yml' for o in sorted(have-set(listed))]+[f'nbs/sidebar.yml names {o}, which is not there' for o in listed if o not in have]+[f'nbs/sidebar.yml names {o} twice' for o in sorted({o for o in listed if listed.count(o)>1})]

# ---- colours

GROUNDS = {'body-color':'body-bg', 'text-muted':'body-bg', 'link-color':'body-bg', 'link-hover-color':'body-bg', 'navbar-fg':'navbar-bg', 'navbar-hl':'navbar-bg', 'sidebar-fg':'sidebar-bg', 'sidebar-hl':'sidebar-bg', 'footer-fg':'footer-bg',
           'card-color':'card-bg', 'card-title-color':'card-bg', 'link-color ':'card-bg', 'text-muted ':'card-bg', 'code-color':'code-bg', 'code-color ':'card-bg', 'pre-color':'code-block-bg', 'text-muted  ':'code-block-bg'}

def palette(scss): # variable -> #rrggbb
    v = dict(re.findall(r'^\$([\w-]+):\s*([^;!]+?)\s*(?:!default)?;', scss, re.M))
    for _ in range(5): v = {k:v.get(o[1:], o) if o.startswith('$') else o for k,o in v.items()}
    return v

def contrast(a, b):
    "The ratio of WCAG 2: 1 for the same colour, 21 for black on white."
    def lum(c):
        u = [int(c[i:i+2], 16)/255 for i in (1,3,5)]; u = [o/12.92 if o<=.04045 else ((o+.055)/1.055)**2.4 for o in u]
        return .2126*u[0]+.7152*u[1]+.0722*u[2]
    a,b = sorted((lum(a), lum(b)))
    return (b+.05)/(a+.05)

def readable(root):
    "Text and its ground differ by 4.5 to 1 in both themes"
    bad = []
    for f in ('light.scss','dark.scss'):
        v = palette((root/'nbs/site'/f).read_text())
        for fg,bg in GROUNDS.items():
            fg = fg.strip()
            if not all(re.fullmatch(r'#[0-9a-fA-F]{6}', v.get(o, '')) for o in (fg,bg)): bad.append(f'{f}: ${fg} or ${bg} is no #rrggbb'); continue
            if (r := contrast(v[fg], v[bg]))<4.5: bad.append(f'{f}: ${fg} on ${bg} is {r:.2f} to 1')
    return bad

# ---- saved outputs

SHOWS = re.compile(r'^(print\(|.*\.show\(|.*show_\w+\()', re.M)
QUIET = re.compile(r'^#\|\s*(slow|hide|exports?\b|eval:\s*false)', re.M)

def executed(root):
    "Every page is saved executed, clean, and without an error"
    bad = []
    for p in pages(root):
        cs,n = cells(p),name(p, root)
        code = [c for c in cs if c['cell_type']=='code']
        if any('id' not in c for c in cs): bad.append(f'{n}: cells without ids')
        if any(c.get('execution_count') is not None for c in code): bad.append(f'{n}: not cleaned, run nbdev_clean')
        if any(o['output_type']=='error' for c in code for o in c['outputs']): bad.append(f'{n}: a saved error')
        if any(k.startswith('application/vnd.jupyter.widget') for c in code for o in c['outputs'] for k in o.get('data', {})): bad.append(f'{n}: a live widget is saved')
        for c in code:
            s = source(c)
            shows = SHOWS.search(s) and not QUIET.search(s) and not re.search(r'^\s*(def|with|if|for|else|class)\b', s, re.M)
            if shows and not c['outputs']: bad.append(f'{n}: no saved output below {s.strip().splitlines()[0][:60]!r}')
    return bad

CHECKS = (executed, in_sidebar, settings, in_order, links, closed, described, captioned, citations, readable)
