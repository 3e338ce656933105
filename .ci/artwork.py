"Draws the favicon and the card that links to the site show: `python .ci/artwork.py` writes nbs/site/favicon.png and nbs/site/card.png."
import re
from pathlib import Path
import matplotlib.pyplot as plt, torch
from matplotlib.patches import FancyBboxPatch, PathPatch
from matplotlib.path import Path as Outline
from sslxai.data.scenes import scenes
from sslxai.encoders.checkpoint import encoder
from sslxai.methods.relax import relax
from sslxai.viz.maps import show_map, show_picture, style

site = Path(__file__).resolve().parents[1]/'nbs/site'
PURPLE = '#34265f'

def eye(ax, x=0., y=0., side=64., white='#f3f1fa'):
    "The logo of nbs/site/logo.svg, read from that file."
    s,k = (site/'logo.svg').read_text(),side/64
    at = lambda a,b: (x+k*float(a), y-k*float(b))
    n = [float(o) for o in re.findall(r'-?\d+(?:\.\d+)?', re.search(r'd="([^"]+)"', s)[1])]; pts = [at(*n[i:i+2]) for i in range(0, len(n), 2)]
    ax.add_patch(PathPatch(Outline([*pts,pts[0]], [1,4,4,4,4,4,4,79]), fc=white, lw=0))
    for a,b,c in re.findall(r'<rect x="(\d+)" y="(\d+)"[^>]*fill="([^"]+)"', s):
        u,v = at(a, float(b)+8); ax.add_patch(FancyBboxPatch((u+.3*k, v+.3*k), 7.4*k, 7.4*k, boxstyle=f'round,pad=0,rounding_size={1.5*k}', fc=c, lw=0))

def canvas(w, h): # figure of w×h pixels, its axes in pixels, y downward from 0 to -h
    fig = plt.figure(figsize=(w/100, h/100), dpi=100); ax = fig.add_axes((0,0,1,1)); ax.set(xlim=(0,w), ylim=(-h,0)); ax.set_axis_off()
    return fig,ax

def favicon():
    fig,ax = canvas(64, 64); ax.add_patch(FancyBboxPatch((6,-58), 52, 52, boxstyle='round,pad=6,rounding_size=12', fc=PURPLE, lw=0)); eye(ax)
    fig.savefig(site/'favicon.png', transparent=True, metadata={'Software':None}); plt.close(fig)

def card():
    with style():
        fig,ax = canvas(1200, 630); fig.set_layout_engine('none'); fig.set_facecolor(PURPLE)
        eye(ax, 70, -46, 130); ax.text(222, -112, 'sslxai', color='white', fontsize=52, va='center', weight='bold')
        ax.text(74, -206, 'See what a self-supervised\nimage encoder sees', color='#f3f1fa', fontsize=30, va='top', linespacing=1.25)
        ax.text(74, -560, 'pip install sslxai', color='#fde27a', fontsize=24, va='center', family='DejaVu Sans Mono')
        x = torch.stack([o.x for o in scenes(3, seed=11)])[[0,2]]; m = relax(encoder('simclr_scenes'), x, n_masks=1000).importance
        for i in range(2):
            for j in range(2):
                a = fig.add_axes(((690+j*250)/1200, (332-i*268)/630, 236/1200, 252/630))
                show_picture(x[i], a) if j==0 else show_map(m[i], x[i], a, bar=False)
        fig.savefig(site/'card.png', dpi=100, facecolor=PURPLE, metadata={'Software':None}); plt.close(fig)

if __name__=='__main__': favicon(); card()
