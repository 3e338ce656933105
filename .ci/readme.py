"Renders README.md from nbs/index.ipynb without Quarto: text as it is, code fenced, outputs below, figures into nbs/images."
import base64, json, re, sys
from pathlib import Path

root = Path(__file__).resolve().parents[1]

def cell_text(c): return ''.join(c['source'])

def link(m): # pages and pictures are addressed from nbs/ in the notebook, from the top in the README
    return m[0] if re.match(r'https?:|#|mailto:', m[2]) else f'{m[1]}nbs/{m[2]})'

def render(nb=root/'nbs/index.ipynb'):
    "The README as text, and the figures {path: bytes} that it shows."
    out,figs = [],{}
    for c in json.loads(nb.read_text())['cells']:
        s = cell_text(c)
        if re.search(r'^#\|\s*hide\b', s, re.M): continue
        if c['cell_type']=='markdown':
            s = re.sub(r'^> ', '', s, count=1, flags=re.M) if s.startswith('# ') else s
            out.append(re.sub(r'(\]\()([^)]+)\)', link, s)); continue
        code = '\n'.join(l for l in s.splitlines() if not l.startswith('#|')).strip()
        if code and '#| echo: false' not in s: out.append(f'```python\n{code}\n```')
        for o in c.get('outputs', []):
            data = o.get('data', {})
            if 'image/png' in data:
                p = f'nbs/images/readme_{len(figs)}.png'; figs[p] = base64.b64decode(''.join(data['image/png']))
                alt = re.search(r'^#\| fig-alt: "([^"\n]*)"', s, re.M); out.append(f"![{alt[1] if alt else ''}]({p})")
            elif o['output_type']=='stream' or 'text/plain' in data:
                t = ''.join(o.get('text', data.get('text/plain', ''))).rstrip()
                if t: out.append('\n'.join('    '+l for l in t.splitlines()))
    return '<!-- Made from nbs/index.ipynb by .ci/readme.py; edit that notebook. -->\n\n'+'\n\n'.join(out)+'\n',figs

if __name__=='__main__':
    text,figs = render()
    (root/'README.md').write_text(text)
    (root/'nbs/images').mkdir(exist_ok=True)
    for p,b in figs.items(): (root/p).write_bytes(b)
