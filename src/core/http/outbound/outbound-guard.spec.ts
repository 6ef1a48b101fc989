import { describe, expect, it } from '@jest/globals';
import { OutboundAllowance } from './outbound-allowance.js';
import { OutboundGuard } from './outbound-guard.js';

const answers =
  (...addresses: string[]) =>
  () =>
    Promise.resolve(
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );

describe('addresses', () => {
  it.each([
    ['127.0.0.1', 'loopback'],
    ['127.8.9.10', 'loopback'],
    ['[::1]', 'loopback'],
    ['0.0.0.0', 'unspecified'],
    ['[::]', 'unspecified'],
    ['10.1.2.3', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.0.1', 'private'],
    ['[fd12::1]', 'private'],
    ['100.64.0.1', 'carrier-grade'],
    ['169.254.1.1', 'link-local'],
    ['[fe80::1]', 'link-local'],
    ['[fe80::1%25eth0]', 'link-local'],
    ['224.0.0.1', 'multicast'],
    ['[ff02::1]', 'multicast'],
    ['255.255.255.255', 'broadcast'],
    ['198.18.0.1', 'reserved'],
    ['[::ffff:127.0.0.1]', 'written as IPv6'],
    ['[::ffff:7f00:1]', 'written as IPv6'],
    ['[::ffff:8.8.8.8]', 'written as IPv6'],
    ['[::127.0.0.1]', 'written as IPv6'],
    ['[64:ff9b::7f00:1]', 'NAT64'],
    ['[64:ff9b:1::a00:1]', 'NAT64'],
    ['[2002:7f00:1::]', '6to4'],
    ['169.254.169.254', 'metadata'],
    ['[::ffff:169.254.169.254]', 'metadata'],
    ['[fd00:ec2::254]', 'metadata'],
    ['100.100.100.200', 'metadata'],
    ['168.63.129.16', 'metadata'],
  ])('%s is refused', async (host, words) => {
    await expect(new OutboundGuard().resolve(host)).rejects.toMatchObject({
      code: 'OUTBOUND.HOST_FORBIDDEN',
      message: expect.stringContaining(words),
    });
  });

  it.each(['8.8.8.8', '[2606:4700::1111]'])('%s is public', async (host) => {
    expect(await new OutboundGuard().resolve(host)).toHaveLength(1);
  });

  it.each(['http://2130706433/', 'http://0x7f.1/', 'http://017700000001/', 'http://127.1/'])(
    '%s is an address in another spelling',
    async (url) => {
      await expect(new OutboundGuard().resolve(new URL(url).hostname)).rejects.toThrow(/loopback/);
    },
  );

  it.each(['2130706433', '0x7f.1', '127.1'])(
    '%s as a name is judged by what the system makes of it',
    async (name) => {
      await expect(new OutboundGuard().resolve(name)).rejects.toMatchObject({
        code: expect.stringMatching(/^OUTBOUND\.HOST_(FORBIDDEN|UNKNOWN)$/),
      });
    },
  );
});

describe('names', () => {
  it('are judged by every address they have, and the address is not told', async () => {
    const guard = new OutboundGuard([], answers('93.184.215.14', '10.0.0.5'));
    const refused = guard.resolve('internal.example');
    await expect(refused).rejects.toMatchObject({ code: 'OUTBOUND.HOST_FORBIDDEN' });
    await expect(refused).rejects.not.toThrow(/10\.0\.0\.5/);
  });

  it('that nobody knows are said to be unknown', async () => {
    const guard = new OutboundGuard([], () => Promise.reject(new Error('ENOTFOUND')));
    await expect(guard.resolve('nowhere.example')).rejects.toMatchObject({
      code: 'OUTBOUND.HOST_UNKNOWN',
    });
  });
});

describe('what the operator allows', () => {
  it.each([
    ['10.0.0.0/8', '10.1.2.3'],
    ['192.168.1.1', '192.168.1.1'],
    ['fd12::/16', '[fd12::1]'],
    ['*', '127.0.0.1'],
    ['169.254.169.254', '169.254.169.254'],
  ])('%s opens %s', async (entry, host) => {
    expect(await new OutboundGuard([entry]).resolve(host)).toHaveLength(1);
  });

  it.each([
    ['10.0.0.0/8', '192.168.0.1'],
    ['169.254.0.0/16', '169.254.169.254'],
    ['*', '169.254.169.254'],
    ['127.0.0.0/8', '[::ffff:127.0.0.1]'],
  ])('%s does not open %s', async (entry, host) => {
    await expect(new OutboundGuard([entry]).resolve(host)).rejects.toThrow(/calls none/);
  });

  it('a name opens what it resolves to, but no metadata service', async () => {
    const guard = new OutboundGuard(['consul.internal', '*.corp.example'], answers('10.0.0.5'));
    expect(await guard.resolve('consul.internal')).toHaveLength(1);
    expect(await guard.resolve('state.corp.example')).toHaveLength(1);
    await expect(guard.resolve('corp.example')).rejects.toThrow(/private/);
    await expect(guard.resolve('evilcorp.example')).rejects.toThrow(/private/);
    const metadata = new OutboundGuard(['metadata.internal'], answers('169.254.169.254'));
    await expect(metadata.resolve('metadata.internal')).rejects.toThrow(/metadata/);
  });

  it.each(['10.0.0.0/40', 'http://x', 'a b', '*.*'])('%j is no entry', (entry) => {
    expect(() => new OutboundAllowance([entry])).toThrow(/is no address/);
  });
});
