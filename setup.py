"Reads settings.ini and installs the package; nothing else lives here."
from configparser import ConfigParser
from pathlib import Path
from setuptools import find_packages, setup
from setuptools.command.sdist import sdist

here = Path(__file__).parent
config = ConfigParser(delimiters=['=']); config.read(here/'settings.ini', encoding='utf-8')
cfg = config['DEFAULT']

class with_settings(sdist):
    "A source distribution that can be installed: it holds the file that this one reads."
    def add_defaults(self):
        super().add_defaults()
        self.filelist.append('settings.ini')

setup(
    name=cfg['lib_name'], version=cfg['version'], description=cfg['description'], keywords=cfg['keywords'].split(),
    author=cfg['author'], author_email=cfg['author_email'], license='Apache-2.0', url=cfg['git_url'],
    long_description=(here/'README.md').read_text(encoding='utf-8'), long_description_content_type='text/markdown',
    packages=find_packages(include=['sslxai', 'sslxai.*']), package_data={'sslxai': ['weights/*', 'results/*']}, include_package_data=True,
    python_requires='>=' + cfg['min_python'], install_requires=cfg['requirements'].split(),
    extras_require={'dev': cfg['dev_requirements'].split()},
    entry_points={'console_scripts': cfg['console_scripts'].split(), 'nbdev': [f"{cfg['lib_name']}={cfg['lib_name']}._modidx:d"]},
    classifiers=['License :: OSI Approved :: Apache Software License', 'Natural Language :: English', 'Programming Language :: Python :: 3',
                 'Topic :: Scientific/Engineering :: Artificial Intelligence'],
    cmdclass={'sdist': with_settings}, zip_safe=False)
