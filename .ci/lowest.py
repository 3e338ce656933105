"""The lowest versions that settings.ini promises, as pip constraints, and the pages that try them.

`python .ci/lowest.py constraints` prints one `name==version` a line, `python .ci/lowest.py pages` the quick pages.
"""
import re, sys
from configparser import ConfigParser
from pathlib import Path

# Under six CPU minutes together; they load every library that settings.ini names.
PAGES = ['00_core', '02_explanation', '03_targets', '04_cli', 'encoders/', 'data/03_views', 'methods/01_relax',
         'methods/02_attributions', 'methods/08_vdsn', 'methods/09_cams', 'train/00_objectives']

def bounds():
    "(name, lower bound) of every runtime requirement; one without a bound is an error."
    config = ConfigParser(delimiters=['='])
    config.read(Path(__file__).resolve().parents[1]/'settings.ini', encoding='utf-8')
    for requirement in config['DEFAULT']['requirements'].split():
        found = re.fullmatch(r'([A-Za-z0-9_.-]+)>=([0-9][0-9.]*)', requirement)
        if not found:
            raise SystemExit(f'settings.ini: {requirement} must be written name>=version, the lowest that is tested')
        yield found.groups()

if __name__ == '__main__':
    if sys.argv[1:] == ['constraints']:
        print(*(f'{name}=={version}' for name, version in bounds()), sep='\n')
    elif sys.argv[1:] == ['pages']:
        print(*PAGES)
    else:
        raise SystemExit(__doc__)
