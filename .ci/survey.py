"Makes a benchmark's parquet small enough to come with the package: `survey.py FROM TO`, where FROM was written by `sslxai_benchmark --survey`."
import sys
import pandas as pd

def small(df):
    "Names as categories, numbers in single precision, rows in an order that packs well."
    names = {c:pd.Categorical(df[c], list(dict.fromkeys(df[c]))) for c in ('encoder','method','metric','better')}
    return df.assign(**names, picture=df.picture.astype('int16'), **{c:df[c].astype('float32') for c in ('value','chance','seconds')})

if __name__=='__main__': small(pd.read_parquet(sys.argv[1])).to_parquet(sys.argv[2], index=False, compression='zstd', compression_level=19)
