"Drives the explorer in headless Chromium, in JupyterLab, Notebook 7 and voilà, on 127.0.0.1 only; closes with `N passed, N failed`."
import argparse, contextlib, json, os, secrets, shutil, socket, subprocess, sys, tempfile, time
from pathlib import Path

root = Path(__file__).resolve().parents[1]
CELLS = ['''import time
from torch import nn
from sslxai.encoders.checkpoint import encoder
from sslxai.encoders.wrap import Encoder
from sslxai.viz.explorer import explore''',
'''class Slow(nn.Module):
    "A network that takes its time."
    def __init__(self, model): super().__init__(); self.model = model
    def forward(self, x): time.sleep(.25); return self.model(x)
small = encoder('simclr_scenes')
ui = explore({'simclr_scenes':'simclr_scenes', 'slow':Encoder(Slow(small.model), preprocess=small.preprocess)})
ui''']

def notebook(folder):
    "The notebook that a visitor opens."
    code = [dict(cell_type='code', id=f'c{i}', metadata={}, outputs=[], execution_count=None, source=s) for i,s in enumerate(CELLS)]
    kernel = dict(kernelspec=dict(name='python3', display_name='python3', language='python'))
    p = folder/'explorer.ipynb'; p.write_text(json.dumps(dict(cells=code, metadata=kernel, nbformat=4, nbformat_minor=5)))
    return p

def free_port():
    with socket.socket() as s: s.bind(('127.0.0.1', 0)); return s.getsockname()[1]

@contextlib.contextmanager
def served(kind, folder, token):
    "JupyterLab, Notebook 7 or voilà over `folder`; gives the address of the notebook. Nothing is read from or written to the user's own settings."
    port,bin = free_port(),Path(sys.executable).parent
    dirs = {k:str(folder/k.lower()) for k in ('JUPYTER_CONFIG_DIR','JUPYTER_DATA_DIR','JUPYTER_RUNTIME_DIR','JUPYTERLAB_SETTINGS_DIR','JUPYTERLAB_WORKSPACES_DIR','IPYTHONDIR','HOME')}
    for d in dirs.values(): Path(d).mkdir(exist_ok=True)
    news = Path(dirs['JUPYTERLAB_SETTINGS_DIR'])/'@jupyterlab'/'apputils-extension'; news.mkdir(parents=True, exist_ok=True)
    (news/'notification.jupyterlab-settings').write_text('{"fetchNews":"false","checkForUpdates":false}')
    work = folder/'work'; work.mkdir(exist_ok=True); nb = notebook(work)
    cmd = dict(lab=[bin/'jupyter-lab', '--allow-root', '--no-browser', '--ip=127.0.0.1', f'--port={port}', f'--IdentityProvider.token={token}', '--LabApp.expose_app_in_browser=True',
                    '--LabApp.extension_manager=readonly', f'--ServerApp.root_dir={work}'],
               notebook=[bin/'jupyter-notebook', '--allow-root', '--no-browser', '--ip=127.0.0.1', f'--port={port}', f'--IdentityProvider.token={token}',
                         '--JupyterNotebookApp.extension_manager=readonly', f'--ServerApp.root_dir={work}'],
               voila=[bin/'voila', nb, '--no-browser', '--Voila.ip=127.0.0.1', f'--port={port}', f'--token={token}', f"--Voila.connection_dir_root={dirs['JUPYTER_RUNTIME_DIR']}"])[kind]
    with open(folder/f'{kind}.log', 'w') as log:
        p = subprocess.Popen([str(o) for o in cmd], cwd=work, env=os.environ|dirs|dict(TQDM_DISABLE='', OMP_NUM_THREADS='1'), stdout=log, stderr=log)
        try:
            for _ in range(240):
                with contextlib.suppress(OSError), socket.create_connection(('127.0.0.1', port), 1): break
                if p.poll() is not None: raise RuntimeError(f'{kind} did not start:\n'+(folder/f'{kind}.log').read_text()[-2000:])
                time.sleep(.5)
            yield f'http://127.0.0.1:{port}/{dict(lab="lab/tree/explorer.ipynb", notebook="notebooks/explorer.ipynb", voila="")[kind]}?token={token}', Path(dirs['JUPYTER_RUNTIME_DIR'])
        finally: p.terminate(); p.wait(30)

@contextlib.contextmanager
def browser(folder, chromium, driver, size=(1400,1500)):
    "Headless Chromium with a fresh profile that can reach 127.0.0.1 and nothing else."
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    o = webdriver.ChromeOptions(); o.binary_location = chromium
    for a in ('--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-default-apps',
              '--disable-extensions', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', '--no-proxy-server', f'--user-data-dir={folder/"profile"}', f'--window-size={size[0]},{size[1]}'): o.add_argument(a)
    o.set_capability('goog:loggingPrefs', dict(browser='ALL'))
    d = webdriver.Chrome(options=o, service=Service(driver)); d.set_script_timeout(180); d.set_page_load_timeout(180)
    try: yield d
    finally: d.quit()

class Visitor:
    "Somebody who looks at the page and presses things; and a line to the kernel, to compare."
    def __init__(self, d, runtime, shots, kind, wait): self.d,self.runtime,self.shots,self.kind,self.seconds,self.client,self.n = d,runtime,shots,kind,wait,None,0

    def ask(self, expr):
        "The value of an expression in the kernel, by its repr."
        if self.client is None:
            from jupyter_client import BlockingKernelClient
            self.client = BlockingKernelClient(connection_file=str(max(self.runtime.rglob('kernel-*.json'), key=lambda p: p.stat().st_mtime)))
            self.client.load_connection_file(); self.client.start_channels()
        r = self.client.execute('', user_expressions=dict(a=expr), store_history=False, reply=True, timeout=self.seconds)['content']['user_expressions']['a']
        if r['status']!='ok': raise AssertionError(f"{expr}: {r['ename']}: {r['evalue']}")
        return r['data']['text/plain']

    def until(self, f, what):
        "Wait until `f()` is true."
        end,last = time.time()+self.seconds,None
        while time.time()<end:
            try:
                if f(): return
            except Exception as e: last = e
            time.sleep(.1)
        raise AssertionError(f'waited {self.seconds} s in vain: {what}'+(f' ({type(last).__name__}: {str(last)[:200]})' if last else ''))

    def all(self, css): return self.d.find_elements('css selector', f'.sslxai-explorer {css}')
    def one(self, css): return self.all(css)[0]
    def labelled(self, label, css, i=0): return [o for o in self.all('.jupyter-widgets') if [l.text for l in o.find_elements('css selector', ':scope > label')]==[label]][i].find_element('css selector', css)
    def choose(self, label, text, i=0):
        "Choose from a list; lists are drawn anew when their choices change."
        from selenium.webdriver.support.ui import Select
        self.until(lambda: Select(self.labelled(label, 'select', i)).select_by_visible_text(text) is None, f'{text} among {label}s')
    def attach(self, path):
        "Upload a file. The field for it is not on the page, and a chooser cannot be pressed from here: so the field is put there when it is asked to open."
        self.d.execute_script("HTMLInputElement.prototype.click=function(){if(this.type==='file'){this.id='attached';this.style='position:fixed;top:0';document.body.append(this)}}")
        next(b for b in self.all('button') if b.text.startswith('Upload')).click(); self.d.find_element('id', 'attached').send_keys(str(path))
        self.d.execute_script("document.getElementById('attached').remove()")
    def drag(self, dx):
        from selenium.webdriver.common.action_chains import ActionChains
        ActionChains(self.d).drag_and_drop_by_offset(self.labelled('opacity', '.noUi-handle'), dx, 0).perform()
    def menu(self, *path):
        "Press the way through the menus."
        from selenium.webdriver.common.action_chains import ActionChains
        for i,text in enumerate(path):
            def press():
                o = next(o for o in self.d.find_elements('css selector', '.lm-Menu-itemLabel' if i else '.lm-MenuBar-itemLabel') if o.is_displayed() and o.text.strip()==text)
                ActionChains(self.d).move_to_element(o).click().perform(); return True
            self.until(press, f'{text} in the menu')
    def button(self, text): return next(b for b in self.all('button') if b.text.strip()==text)
    def titled(self, title): return next(b for b in self.all('button') if b.get_attribute('title')==title)
    def status(self): return self.one('.sslxai-status').text
    def code(self): return self.one('.sslxai-code textarea').get_attribute('value')
    def pictures(self): return [i.get_attribute('src') for i in self.all('img')]
    def idle(self): return not self.button('Cancel').is_enabled()
    def shot(self, name): self.n += 1; self.d.find_element('css selector', '.sslxai-explorer').screenshot(str(self.shots/f'{self.kind}_{self.n}_{name}.png'))

def opens(v):
    "the page opens, with a map, neighbours and code"
    if v.kind=='notebook':
        v.until(lambda: v.d.find_elements('css selector', '.jp-NotebookPanel .jp-CodeCell'), 'the notebook'); v.until(lambda: 'Idle' in (v.d.find_element('css selector', '.jp-Notebook-ExecutionIndicator').get_attribute('data-status') or '').title(), 'a kernel'); v.menu('Run', 'Run All Cells')
    if v.kind=='lab':
        v.until(lambda: v.d.execute_script("return !!(window.jupyterapp && jupyterapp.shell.currentWidget && jupyterapp.shell.currentWidget.sessionContext)"), 'the notebook')
        v.d.execute_async_script("const done=arguments[0],w=jupyterapp.shell.currentWidget; jupyterapp.commands.execute('application:toggle-left-area').catch(()=>0); w.sessionContext.ready.then(()=>w.context.ready).then(()=>{jupyterapp.commands.execute('notebook:run-all-cells'); done()})")
    v.until(lambda: v.idle() and "['relax']" in v.code(), 'the first map'); v.until(lambda: len(v.pictures())==8+1+2+5, 'all pictures')
    assert v.ask('ui.state.shown[0].ask.method')=="'relax'", v.ask('ui.state.shown[0].ask.method')
    assert v.d.execute_script("return [...document.querySelectorAll('.sslxai-explorer img')].every(i=>i.naturalWidth>0)"), 'a picture is broken'

def method(v):
    "choosing a method changes the map"
    was = v.pictures(); v.choose('method', 'eigen_cam')
    v.until(lambda: "['eigen_cam']" in v.code() and v.idle(), 'the new map'); assert v.pictures()!=was
    assert v.ask('ui.state.shown[0].ask.method')=="'eigen_cam'"

def opacity(v):
    "moving the opacity paints at once and computes nothing"
    was,e = v.pictures(),v.ask('id(ui.state.shown[0].e)')
    v.drag(-60)
    v.until(lambda: v.pictures()!=was, 'another picture'); v.until(lambda: float(v.ask('ui.opacity.value'))<.6, 'the slider in the kernel')
    assert v.ask('id(ui.state.shown[0].e)')==e and v.idle()
    v.until(lambda: f"alpha={float(v.ask('ui.opacity.value')):g}" in v.code(), 'the opacity in the code')
    v.drag(60); v.until(lambda: float(v.ask('ui.opacity.value'))>.6, 'the way back')

def upload(v):
    "a PNG of one's own is explained; a broken file is one sentence"
    from PIL import Image
    bad,good = v.runtime/'broken.png',v.runtime/'mine.png'
    bad.write_bytes(b'no picture'); Image.linear_gradient('L').resize((96,96)).convert('RGB').save(good)
    v.attach(bad); v.until(lambda: 'broken.png is of no format' in v.status(), 'the sentence'); v.shot('broken_file')
    v.attach(good); v.until(lambda: "read_picture('mine.png'" in v.code() and v.idle(), 'the map of the uploaded picture')
    assert v.ask('ui.state.shown[0].picture.name')=="'mine.png'" and v.ask('tuple(ui.state.picture.x.shape)')=='(3, 96, 96)'

def click(v):
    "a click shows what corresponds; a click on a neighbour makes it the picture; back in the strip"
    row = int(v.ask('ui.state.near.rows[0]'))
    v.titled('make this neighbour the picture').click(); v.until(lambda: v.ask('ui.state.near.picture.row')==str(row) and v.idle(), 'the neighbour as the picture')
    was = v.pictures(); v.titled('what corresponds to this cell: row 5, column 4').click()
    v.until(lambda: v.pictures()[-5:]!=was[-5:] and 'matrix[0,4,3]' in v.code(), 'what corresponds'); assert v.ask('ui.state.point')=='(4, 3)'
    v.titled('explain this picture').click(); v.until(lambda: v.ask('ui.state.near.picture.row')=='0' and v.idle(), 'the first of the strip')
    v.titled('what corresponds to this cell: row 4, column 5').click(); v.until(lambda: 'matrix[0,3,4]' in v.code(), 'another click')

def cancel(v):
    "cancel ends long work in under two seconds, the pressing and looking included; the map before it stays, and the model is as found"
    v.choose('method', 'relax'); v.until(lambda: "['relax']" in v.code() and v.idle(), 'a quick map')
    mark,code = v.ask('id(ui.state.shown[0].e)'),v.code()
    v.choose('encoder', 'slow'); v.until(lambda: 'of 1,000' in v.status() and not v.idle(), 'the bar'); v.shot('busy')
    t = time.time(); v.button('Cancel').click(); v.until(lambda: 'cancelled' in v.status() and v.idle(), 'the end'); took = time.time()-t
    assert v.ask('id(ui.state.shown[0].e)')==mark and v.code()==code and v.ask('ui.worker.busy')=='False'
    assert v.ask('sum(len(m._forward_hooks)+len(m._forward_pre_hooks) for m in ui.state.encoders["slow"][0].modules())')=='0'
    assert took<2, f'it took {took:.1f} s'
    return f'{took:.1f} s'

def compare(v):
    "two methods side by side, and one again"
    v.choose('encoder', 'simclr_scenes'); v.until(v.idle, 'the first encoder again')
    v.button('Compare').click(); v.until(lambda: v.ask('len(ui.sides)')=='2' and len(v.all('select'))==4, 'a second side')
    v.choose('encoder', 'simclr_scenes', 1); v.choose('method', 'lffi', 1); v.until(lambda: 'b = run_methods' in v.code() and "['lffi']" in v.code() and v.idle(), 'two maps')
    assert v.ask('[ui.state.shown[i].ask.method for i in (0,1)]')=="['relax', 'lffi']"
    v.shot('two'); v.button('Compare').click(); v.until(lambda: 'b = ' not in v.code() and len(v.all('select'))==2, 'one side')

def dark(v):
    "all text can be read, in the dark theme where there is one"
    if v.kind=='notebook': v.menu('Settings', 'Theme', 'JupyterLab Dark'); v.until(lambda: v.d.execute_script("return document.body.dataset.jpThemeLight")=='false', 'the theme')
    if v.kind=='lab': v.d.execute_async_script("jupyterapp.commands.execute('apputils:change-theme', {theme:'JupyterLab Dark'}).then(arguments[0])"); v.until(lambda: v.d.execute_script("return document.body.dataset.jpThemeLight")=='false', 'the theme')
    least = v.d.execute_script("""
        const rgb = c => (c.match(/[\\d.]+/g)||[0,0,0,0]).map(Number), lum = c => [.2126,.7152,.0722].reduce((s,k,i)=>{const u=c[i]/255; return s+k*(u<=.04045?u/12.92:((u+.055)/1.055)**2.4)},0);
        const ground = e => {for(;e;e=e.parentElement){const c=rgb(getComputedStyle(e).backgroundColor); if(c.length<4||c[3]>.99) return c} return [255,255,255]};
        let least=[99,''];
        for(const e of document.querySelectorAll('.sslxai-explorer *')) if([...e.childNodes].some(n=>n.nodeType==3&&n.data.trim())&&e.offsetParent&&!e.disabled&&e.tagName!='OPTION'){
            const a=lum(rgb(getComputedStyle(e).color)),b=lum(ground(e)),r=(Math.max(a,b)+.05)/(Math.min(a,b)+.05); if(r<least[0]) least=[r,e.textContent.slice(0,40)]}
        return least""")
    assert least[0]>=4.5, least
    return f'{least[0]:.1f} to 1 at least'

STEPS = (opens, method, opacity, upload, click, cancel, compare, dark)

def drive(kind, folder, shots, tools, wait):
    "All steps in one front end; how many held, how many failed."
    passed,token = [],secrets.token_hex(16)
    with served(kind, folder, token) as (url,runtime), browser(folder, *tools) as d:
        v = Visitor(d, runtime, shots, kind, wait); d.get(url)
        for f in STEPS:
            t = time.time()
            try: note = f(v); passed.append(True); v.shot(f.__name__)
            except Exception as e:
                passed.append(False); note = f'{type(e).__name__}: {str(e)[:600]}'; d.save_screenshot(str(shots/f'{kind}_FAILED_{f.__name__}.png'))
                (shots/f'{kind}_FAILED_{f.__name__}.txt').write_text('\n'.join(map(str, d.get_log('browser'))))
            print(f"{'ok  ' if passed[-1] else 'FAIL'} {time.time()-t:6.1f} s  {kind}: {f.__doc__}"+(f' ({note})' if note else ''), flush=True)
            if not passed[0]: break
        if v.client is not None: v.client.stop_channels()
    return sum(passed),len(STEPS)-sum(passed)

def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument('--only', choices=('lab','notebook','voila'), help='one front end')
    ap.add_argument('--shots', type=Path, default=root/'build'/'browser', help='folder for screenshots')
    ap.add_argument('--still', type=Path, help='write the view in JupyterLab here too, such as nbs/images/explorer.png')
    ap.add_argument('--wait', type=float, default=180, help='seconds to wait for anything')
    a = ap.parse_args()
    tools = shutil.which('chromium') or shutil.which('chromium-browser') or shutil.which('google-chrome'),shutil.which('chromedriver')
    if None in tools: print('browser test skipped: it needs Chromium and its driver (Debian: apt-get install chromium chromium-driver)'); print('0 passed, 0 failed'); return
    os.environ.update(SE_OFFLINE='true', SE_AVOID_STATS='true'); a.shots.mkdir(parents=True, exist_ok=True)
    ok = bad = 0
    for kind in (a.only,) if a.only else ('lab','notebook','voila'):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as t: g,b = drive(kind, Path(t), a.shots.resolve(), tools, a.wait)
        ok += g; bad += b
    if a.still is not None: shutil.copy(next(a.shots.glob('lab_*_compare.png')), a.still)
    print(f'screenshots are in {a.shots}'); print(f'{ok} passed, {bad} failed')
    sys.exit(bool(bad))

if __name__=='__main__': main()
