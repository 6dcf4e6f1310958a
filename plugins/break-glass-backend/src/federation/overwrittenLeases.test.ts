import { boundaryDocument } from './boundaryDocument';
import { overwrittenLeases } from './overwrittenLeases';

const MINUTE = 60_000;
const id = (n: number) => `01K8EXAMP1E${String(n).padStart(15, '0')}`;

const ours = (minute: number, ...leases: number[]) => ({
  createdAt: minute * MINUTE,
  document: JSON.parse(boundaryDocument(leases.map(id))),
});
const inOtherWords = (minute: number, ...leases: number[]) => {
  const { createdAt, document } = ours(minute, ...leases);
  const Statement = document.Statement.map((each: object) => ({
    Sid: 'Operator',
    ...each,
  }));
  return { createdAt, document: { ...document, Statement } };
};

describe('overwrittenLeases', () => {
  it('I4: are those that the next version of ours does not deny', () => {
    expect(overwrittenLeases([ours(0, 1), ours(1, 2)])).toEqual([id(1)]);
    expect(
      overwrittenLeases([ours(0), inOtherWords(3, 3, 1), ours(4, 3)]),
    ).toEqual([id(1)]);
  });

  it('I4: of several writes in a row, all', () => {
    const versions = [ours(0, 1), ours(0, 2), ours(1), ours(1)];
    expect(overwrittenLeases(versions)).toEqual([id(1), id(2)]);
  });

  it('are none that a later version denies: it was noticed', () => {
    const noticed = [ours(0, 1), ours(1), inOtherWords(2, 1), ours(3)];
    expect(overwrittenLeases(noticed.slice(0, 3))).toEqual([]);
  });

  it('are none that a version of another form took out: that was meant', () => {
    const lifted = [ours(0, 1), inOtherWords(1), ours(2)];
    expect(overwrittenLeases(lifted)).toEqual([]);
  });

  it('are none of a version that stood for long: it was read', () => {
    expect(overwrittenLeases([ours(0, 1), ours(15)])).toEqual([id(1)]);
    expect(overwrittenLeases([ours(0, 1), ours(15.1)])).toEqual([]);
  });

  it('I4: a version without a time may be one that was not read', () => {
    const [first, next] = [ours(0, 1), ours(60)];
    expect(
      overwrittenLeases([{ ...first, createdAt: undefined }, next]),
    ).toEqual([id(1)]);
    expect(
      overwrittenLeases([first, { ...next, createdAt: undefined }]),
    ).toEqual([id(1)]);
  });

  it('are none of the newest version, which is read itself, nor of what is no document', () => {
    expect(overwrittenLeases([ours(0), ours(1, 1)])).toEqual([]);
    expect(
      overwrittenLeases([{ createdAt: 0, document: undefined }, ours(0)]),
    ).toEqual([]);
    expect(overwrittenLeases([])).toEqual([]);
  });
});
