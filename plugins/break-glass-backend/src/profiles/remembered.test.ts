import { remembered } from './remembered';

describe('remembered', () => {
  it('asks once for each combination of names', async () => {
    const asked: string[] = [];
    const ask = remembered(async (a: string, b: string) => {
      asked.push(`${a} ${b}`);
      return asked.length;
    });
    expect(await ask('s3', 'Get')).toBe(1);
    expect(await ask('s3', 'Put')).toBe(2);
    expect(await ask('s3', 'Get')).toBe(1);
    expect(asked).toEqual(['s3 Get', 's3 Put']);
  });

  it('asks again where there was no answer', async () => {
    let works = false;
    const ask = remembered(async (name: string) => {
      if (!works) {
        throw new Error('no data');
      }
      return name;
    });
    await expect(ask('s3')).rejects.toThrow('no data');
    works = true;
    expect(await ask('s3')).toBe('s3');
  });
});
