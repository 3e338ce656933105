"""Runs every notebook in a process of its own, two at a time, then the checks of the whole.

The last line is `N passed, N failed`, the lines before it name processor, kernels and versions. Without names the pages of `kernels.SECOND_PAGES` run once more under a second kernel setting.
"""
import argparse, os, resource, subprocess, sys, time
os.environ.update(OMP_NUM_THREADS='1', TQDM_DISABLE='1', MPLBACKEND='agg')
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from nbdev.test import test_nb
sys.path.insert(0, str(Path(__file__).parent))
import check, kernels

root = Path(__file__).resolve().parents[1]

def notebooks(names):
    "The notebooks whose path contains one of these names, or all; long ones first."
    found = sorted(p for p in (root/'nbs').rglob('*.ipynb') if not any(o[0] in '._' for o in p.relative_to(root).parts))
    if names:
        found = [p for p in found if any(n in str(p.relative_to(root)) for n in names)]
    return sorted(found, key=lambda p: -p.stat().st_size)

def run(p, skip, setting):
    "One notebook in a process of its own: path, whether it passed, seconds."
    t = time.time()
    command = [sys.executable, __file__, '--one', p, '--skip', ' '.join(skip), '--kernels', setting]
    r = subprocess.run(command, env=kernels.environment(setting))
    return p, r.returncode == 0, time.time()-t

def run_all(pages, skip, setting):
    "Names of the pages that passed, and of those that failed, under a kernel setting."
    passed, failed = [], []
    with ThreadPoolExecutor(2) as ex:
        for f in as_completed([ex.submit(run, p, skip, setting) for p in pages]):
            p, ok, seconds = f.result()
            name = str(p.relative_to(root)) + ('' if setting == 'native' else f' [{setting}]')
            print(f"{'ok  ' if ok else 'FAIL'} {seconds:6.1f} s  {name}", flush=True)
            (passed if ok else failed).append(name)
    return passed, failed

def cpu_minutes():
    "CPU time of all processes that have ended so far."
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime+used.ru_stime)/60

def run_checks():
    "Names of the checks of the whole that passed, and of those that failed."
    passed, failed = [], []
    for name, problems in check.checks(root):
        print(f"{'FAIL' if problems else 'ok  '}           check: {name}", *problems, sep='\n            ', flush=True)
        (failed if problems else passed).append(name)
    return passed, failed

def plan(names, settings):
    "Which pages run under which kernel setting."
    if settings == ['all']:
        settings = [o for o in kernels.SETTINGS if o != 'native']
    if settings:
        return [(o, notebooks(names or kernels.NUMERICAL)) for o in settings]
    second = [] if names else [(kernels.SECOND_SETTING, notebooks(kernels.SECOND_PAGES))]
    return [('native', notebooks(names)), *second]

def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument('names', nargs='*', help='only notebooks whose path contains one of these')
    ap.add_argument('--slow', action='store_true', help='run the cells marked slow, too')
    ap.add_argument('--kernels', default='', help=f"kernel settings, with commas, or 'all'; by themselves they run "
                    f"the numerical pages only: {', '.join(kernels.SETTINGS)}")
    ap.add_argument('--one', type=Path, help=argparse.SUPPRESS)
    ap.add_argument('--skip', default='', help=argparse.SUPPRESS)
    a = ap.parse_args()
    if a.one:
        kernels.prepare(a.kernels)
        sys.exit(not test_nb(a.one, skip_flags=a.skip.split(), basepath=root)[0])
    settings = [o for o in a.kernels.split(',') if o]
    unknown = set(settings)-{'all', *kernels.SETTINGS}
    if unknown:
        ap.error(f"--kernels must be all, {', '.join(kernels.SETTINGS)}, got {', '.join(sorted(unknown))}")
    skip = ['gpu', 'download'] if a.slow else ['slow', 'gpu', 'download']
    start, results, closing = time.time(), [], [kernels.machine()]
    for setting, pages in plan(a.names, settings):
        before = cpu_minutes()
        results.append(run_all(pages, skip, setting))
        closing.append(f'{kernels.describe(setting)}; {len(pages)} pages, {cpu_minutes()-before:.1f} CPU minutes')
    if not a.names and not settings:
        results.append(run_checks())
    passed, failed = (sum(o, []) for o in zip(*results))
    if failed:
        print('failed:', *failed, sep='\n    ')
    print(*closing, f'{time.time()-start:.0f} s', sep='\n')
    print(f'{len(passed)} passed, {len(failed)} failed')
    sys.exit(bool(failed))

if __name__ == '__main__':
    main()
