"""Kernel settings under which the notebooks are tested, and lines that say what they mean on this machine.

Processors and library versions round differently. One machine can play several of them: PyTorch's own kernels, those of
oneDNN (convolutions) and those of MKL (matrix products) each take an older instruction set on request.
"""
import os, platform, subprocess, sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

SETTINGS = { # name -> environment of the notebook's process
    'native': {},
    'avx2': dict(ATEN_CPU_CAPABILITY='avx2', ONEDNN_MAX_CPU_ISA='AVX2'),
    'sse41': dict(ATEN_CPU_CAPABILITY='default', ONEDNN_MAX_CPU_ISA='SSE41'),
    'no-onednn': {}, # has no variable: `prepare` switches it off inside the process
    'old-mkl': dict(MKL_CBWR='COMPATIBLE'),
    'two-threads': dict(OMP_NUM_THREADS='2'),
}
# Pages that compare numbers which came by two routes: a batch and its singles, two batch sizes, ours and a peer's.
# Pages that only tell, draw, train, read files or ask questions at the border are left to the first run.
NUMERICAL = [
    '03_targets', 'methods/01', 'methods/02', 'methods/03', 'methods/04', 'methods/05', 'methods/06', 'methods/07',
    'methods/08', 'methods/09', 'methods/10', 'eval/02', 'eval/04', 'eval/05', 'eval/06', 'eval/07', 'eval/08',
    'eval/09', 'train/00',
]
def has_avx512():
    "Has this processor the instruction set that comes after AVX2?"
    info = Path('/proc/cpuinfo')
    return info.exists() and 'avx512f' in info.read_text()

# Pages that were red on one processor and green on another: every test run tries them under a second setting, the newest that is older than this processor.
SECOND_SETTING = 'avx2' if has_avx512() else 'sse41'
SECOND_PAGES = ['methods/02_attributions', 'methods/04_examples', 'eval/05_parity', 'eval/07_faithfulness']

def environment(setting):
    "Variables for a process that is to run under this setting."
    return os.environ | SETTINGS[setting]

def prepare(setting):
    "What has to happen inside that process."
    if setting == 'no-onednn':
        import torch
        torch.backends.mkldnn.set_flags(False)

def processor():
    "The name of the processor."
    info = Path('/proc/cpuinfo')
    lines = info.read_text().splitlines() if info.exists() else []
    names = [o.split(':')[1].strip() for o in lines if o.startswith('model name')]
    return names[0] if names else platform.processor() or platform.machine()

def _installed(name):
    "The version of a package, or a dash."
    try:
        return version(name)
    except PackageNotFoundError:
        return '–'

def _look(setting):
    "Inside a process under the setting: one convolution, so that oneDNN names its instruction set, then PyTorch's own."
    prepare(setting)
    import torch
    torch.conv2d(torch.rand(8, 3, 32, 32), torch.rand(8, 3, 3, 3))
    print('ATen', torch.backends.cpu.get_cpu_capability())
    print('threads', torch.get_num_threads())

def describe(setting):
    "The kernels that work under a setting, in one line."
    env = environment(setting) | dict(ONEDNN_VERBOSE='1')
    look = subprocess.run([sys.executable, __file__, setting], env=env, capture_output=True, text=True, check=True)
    said = {o.split(' ')[0]: o.split(' ')[1] for o in look.stdout.splitlines() if o.startswith(('ATen ', 'threads '))}
    onednn = [o.split('isa:')[1] for o in look.stdout.splitlines() if 'isa:' in o]
    return f"kernels {setting}: ATen {said['ATen']}, oneDNN {onednn[0] if onednn else 'off'}, threads {said['threads']}"

def machine():
    "Processor and library versions, in one line."
    versions = ', '.join(f'{o} {_installed(o)}' for o in ('torch', 'torchvision', 'captum', 'numpy'))
    return f'{processor()}, {os.cpu_count()} cores; Python {platform.python_version()}, {versions}'

if __name__ == '__main__':
    _look(sys.argv[1])
