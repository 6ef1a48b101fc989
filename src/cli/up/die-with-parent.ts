// Preloaded into the API, the worker and the sandbox when `up` starts them: they end with it, however it ends.
const LAST_RESORT_MS = 15_000;

process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), LAST_RESORT_MS).unref();
});
