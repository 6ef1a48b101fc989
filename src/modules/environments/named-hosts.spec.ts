import { describe, expect, it } from '@jest/globals';
import { namedHosts } from './named-hosts.js';

const kubeconfig = `
clusters:
- name: a
  cluster: { server: "https://10.0.0.1:6443" }
- name: b
  cluster: { server: "https://[::1]:6443", proxy-url: "http://169.254.169.254" }
`;

describe('the hosts an environment names', () => {
  it('are those of its endpoint and of its credentials', () => {
    expect(
      namedHosts('http://sandbox:4566', {
        server: 'https://k8s.example',
        authorityHost: 'https://login.example',
        accessKeyId: 'AKIA',
        kubeconfig,
      }),
    ).toEqual(['sandbox', 'k8s.example', 'login.example', '10.0.0.1', '[::1]', '169.254.169.254']);
  });

  it.each(['', 'x', ': {', 'clusters: 5'])('are none in %j', (text) => {
    expect(namedHosts(null, { kubeconfig: text })).toEqual([]);
  });
});
