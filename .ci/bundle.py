"Trains the encoders that come with the package: `python .ci/bundle.py NAME…` (all without a name; each resumes where it stopped) and puts them into sslxai/weights."
import shutil, sys
from pathlib import Path
import torch
from sslxai.data.views import Views
from sslxai.encoders.checkpoint import encoder, save_encoder
from sslxai.encoders.preprocess import Preprocess
from sslxai.networks import small_resnet
from sslxai.train.simclr import train_simclr
from sslxai.train.supervised import train_supervised
from sslxai.train.swav import train_swav
from sslxai.train.trainer import Recipe
from sslxai.train.vae import train_vae

root = Path(__file__).resolve().parents[1]
moved,jittered = Views(64, (.64,1.2)),Views(64, (.64,1.2), jitter=1., strength=(.3,.3,.9,.5), gray=.3)

def random(out, name):
    "The control: the network as SimCLR's seed initialises it, with SimCLR's preprocessing."
    torch.manual_seed(0); p = encoder('simclr_scenes').preprocess
    save_encoder(Path(out)/f'{name}.safetensors', small_resnet(), 'small_resnet', dict(widths=[32,64,128]), p, dict(objective='none', seed=0, curve=[]))

def simclr(sampler): return lambda out,name: train_simclr(out, name, Recipe(steps=250, lr=.4, warmup=.05), sampler=sampler, n_scenes=8192, views=moved)
def supervised(sampler, steps, n=16384): return lambda out,name: train_supervised(out, name, recipe=Recipe(steps=steps, lr=3e-3, weight_decay=1e-3, warmup=.05, optimizer='adamw'), sampler=sampler, n_scenes=n, views=moved)

def swav(out, name):
    "Two stages: the second starts from the weights of the first, with new prototypes."
    train_swav(out/'first', 'first', Recipe(steps=500, lr=2e-3, weight_decay=1e-4, optimizer='adamw'), small=0, views=jittered)
    return train_swav(out, name, Recipe(steps=1100, lr=2e-3, weight_decay=1e-4, optimizer='adamw'), small=0, views=jittered, init=out/'first'/'first.safetensors')

BUNDLE = dict(
    supervised_scenes=supervised('unbiased', 1500),
    swav_scenes=swav,
    vae_scenes=lambda out,name: train_vae(out, name, Recipe(steps=700, lr=2e-3, weight_decay=1e-4, optimizer='adamw'), views=moved),
    random_scenes=random,
    supervised_color=supervised('color', 250, 8192), supervised_sphericity=supervised('sphericity', 250, 8192),
    simclr_plain=simclr('unbiased'), simclr_color=simclr('color'), simclr_sphericity=simclr('sphericity'))

for name in sys.argv[1:] or BUNDLE:
    out = root/'bundle'/name
    BUNDLE[name](out, name)
    shutil.copy(out/f'{name}.safetensors', root/'sslxai'/'weights')
