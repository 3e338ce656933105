"Makes nbs/gallery.ipynb: thumbnails of figures, taken from the pages as they are saved, each with a link to its page. `python .ci/gallery.py`"
import base64, hashlib, io, json, sys
from pathlib import Path
sys.path.insert(0, str(Path(__file__).parent))
import docs

# section: (page, which of its figures, what to say)
SHOWN = {
    'Begin':[('tutorials/06_first_map.ipynb', -1, 'how a map is made, and what it is not'), ('tutorials/07_your_photo.ipynb', -1, 'a network and a photo from elsewhere'), ('tutorials/08_pairs.ipynb', 0, 'two pictures, cell by cell'),
             ('tutorials/09_groups.ipynb', 0, 'a corpus asks, a foil takes for granted'), ('tutorials/10_how_sure.ipynb', 0, 'what to check before believing a map'), ('tutorials/11_comparing.ipynb', 0, 'one picture, several encoders'),
             ('tutorials/12_find_a_shortcut.ipynb', 0, 'what an encoder must not look at'), ('tutorials/13_simclr_from_nothing.ipynb', 0, 'training without labels'), ('tutorials/14_new_method.ipynb', 0, 'a page for a method of your own')],
    'Methods':[('methods/11_explain.ipynb', 1, 'every method on one picture'), ('methods/01_relax.ipynb', 2, 'random masks, uncertainty, what is left when it is taken seriously'), ('methods/03_lffi.ipynb', 0, 'any attribution of the inner product with oneself'),
               ('methods/02_attributions.ipynb', 1, 'eleven attributions from captum'), ('methods/05_cocoa.ipynb', 0, 'similar to a group and not to another'), ('methods/08_vdsn.ipynb', 0, 'which cells make two pictures similar'),
               ('methods/07_gradcam.ipynb', 1, 'weights borrowed from the nearest training pictures'), ('methods/09_cams.ipynb', 1, 'the parts that a set of pictures shares'), ('methods/10_attention.ipynb', 0, 'what the class token attends to'),
               ('methods/04_examples.ipynb', 1, 'training pictures that explain this one'), ('methods/00_masks.ipynb', 0, 'masks whose law is the same everywhere')],
    'Measured':[('eval/03_survey.ipynb', 0, 'where every method points, and what it costs'), ('eval/10_benchmark.ipynb', 1, 'ranks, and which differences are none'), ('eval/11_shortcuts.ipynb', 0, 'shortcuts that were planted, and who finds them'),
                ('eval/12_reproduced.ipynb', 0, 'the survey measured again'), ('eval/07_faithfulness.ipynb', 0, 'take away what a map calls important'), ('eval/09_sanity.ipynb', 0, 'redraw the network, look again'), ('eval/08_complexity.ipynb', 0, 'how much a map says at once')],
    'Look, train, render':[('viz/03_embeddings.ipynb', 0, 'the space of representations as a map'), ('train/07_bundled.ipynb', 0, 'the encoders that come with the package'), ('train/03_simclr.ipynb', 0, 'a SimCLR run'), ('tutorials/05_survey_simclr.ipynb', 0, 'views decide what is learned'),
                           ('data/01_scenes.ipynb', 1, 'rendered animals with known parts'), ('data/03_views.ipynb', 0, 'views that SimCLR learns from'), ('01a_published.ipynb', 0, 'what reaches the published encoders')]}
SIZE = (420,230) # the most that a thumbnail may measure, in pixels

def figures(p): # [(png bytes, alternative text)]
    out = []
    for c in docs.cells(p):
        if c['cell_type']!='code': continue
        alt = docs.re.search(r'^#\| fig-alt: "([^"\n]*)"', docs.source(c), docs.re.M)
        out += [(base64.b64decode(''.join(o['data']['image/png'])), alt[1] if alt else '') for o in c['outputs'] if 'image/png' in o.get('data', {})]
    return out

def chosen(root): # section, page, title, words, png, alternative text, file of the thumbnail
    for section,shown in SHOWN.items():
        for page,i,words in shown:
            p = root/'nbs'/page
            if not p.exists() or not (fs := figures(p)): continue
            png,alt = fs[i if -len(fs)<=i<len(fs) else -1]
            yield section,page,docs.headings(p)[0][1],words,png,alt,f"images/gallery/{page[:-6].replace('/', '_')}.png"

def mark(png): return hashlib.sha256(png).hexdigest()

def thumbnail(png):
    "A small copy that remembers which figure it was."
    from PIL import Image, PngImagePlugin
    im = Image.open(io.BytesIO(png)).convert('RGB')
    if im.width>2.4*im.height: im = im.crop((0, 0, int(2.4*im.height), im.height))     # of long strips, the left part
    if im.height>1.1*im.width: im = im.crop((0, 0, im.width, int(1.1*im.width)))       # of high ones, the upper
    im.thumbnail(SIZE, Image.LANCZOS); im = im.quantize(96, dither=Image.Dither.NONE)
    info = PngImagePlugin.PngInfo(); info.add_text('figure', mark(png)); out = io.BytesIO(); im.save(out, 'png', optimize=True, pnginfo=info)
    return out.getvalue()

def notebook(root): # the page as a dict
    badge = '[![Open In Colab](https://colab.research.google.com/assets/colab-badge.svg)](https://colab.research.google.com/github/sslxai/sslxai/blob/main/nbs/gallery.ipynb)\n\n`pip install sslxai` (in Colab: `!pip install -q sslxai`)'
    texts,last = ['# Gallery\n> Figures of these pages, small; each leads to the page that drew it.', badge, 'Nothing here is decoration: every figure was computed by its page, with the code beside it.'],None
    for section,page,title,words,_,alt,file in chosen(root):
        card = f'<div class="card-sx">\n\n[![{alt}]({file})]({page})\n\n[{title}]({page}): {words}\n\n</div>'
        if section!=last: texts.append(f'## {section}\n\n<div class="gallery">\n\n{card}\n\n</div>'); last = section
        else: texts[-1] = texts[-1][:-len('\n\n</div>')]+f'\n\n{card}\n\n</div>'
    made = [dict(cell_type='markdown', id=hashlib.sha256(t.split('\n')[0].encode()).hexdigest()[:8], metadata={}, source=t.splitlines(keepends=True)) for t in texts]
    return dict(cells=made, metadata=dict(kernelspec=dict(display_name='python3', language='python', name='python3')), nbformat=4, nbformat_minor=5)

def dumped(d): return json.dumps(d, indent=1, ensure_ascii=False, sort_keys=True)+'\n'

def stale(root):
    "What of the gallery is not what the pages show."
    bad,files = [],set()
    for *_,png,_,file in chosen(root):
        f = root/'nbs'/file; files.add(f)
        if not f.exists() or mark(png).encode() not in f.read_bytes(): bad.append(f'nbs/{file} is not of the saved figure: run .ci/gallery.py')
    bad += [f'{f.relative_to(root)} is shown nowhere' for f in sorted((root/'nbs/images/gallery').glob('*.png')) if f not in files]
    g = root/'nbs/gallery.ipynb'
    return bad+([] if g.exists() and g.read_text()==dumped(notebook(root)) else ['nbs/gallery.ipynb is not what .ci/gallery.py makes'])

def make(root):
    folder = root/'nbs/images/gallery'; folder.mkdir(parents=True, exist_ok=True)
    for f in folder.glob('*.png'): f.unlink()
    for *_,png,_,file in chosen(root): (root/'nbs'/file).write_bytes(thumbnail(png))
    (root/'nbs/gallery.ipynb').write_text(dumped(notebook(root)))
    print(f"{len(list(folder.glob('*.png')))} thumbnails, {sum(f.stat().st_size for f in folder.glob('*.png'))/1e3:.0f} kB")

if __name__=='__main__': make(Path(__file__).resolve().parents[1])
