/** `google_compute_region_url_map` → `computeregionurlmap`, `computeurlmap`. */
export function flatNames(type: string): string[] {
  const words = type.split('_').slice(1);
  const all = words.join('');
  const global = words.filter((word) => word !== 'region' && word !== 'global').join('');
  return all === global ? [all] : [all, global];
}
