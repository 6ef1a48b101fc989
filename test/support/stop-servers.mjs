export default async function stopServers() {
  const servers = globalThis.driftguardTestServers;
  globalThis.driftguardTestServers = undefined;
  if (servers !== undefined) await (await servers).stop();
}
