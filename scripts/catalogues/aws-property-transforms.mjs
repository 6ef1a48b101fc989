// CloudFormation publishes, as JSONata, how it rewrites some declared values before comparing them with the live model.
// Each expression becomes one word of a closed vocabulary the engine implements; what has no word is left out.

const WORDS = [
  [
    'case',
    /^\$(?:lowercase|uppercase)\([A-Za-z0-9_.]+\)(?: \$OR (?:\$(?:lowercase|uppercase)\([A-Za-z0-9_.]+\)|[A-Za-z0-9_.]+))*$/,
  ],
  // `prefix` and `suffix` of an S3 notification filter are given back capitalised.
  ['case', /^\$replace\(Name, "(\w)(\w+)", "\w\2"\)/],
  ['dot-case', /\$lowercase\(.*(?:\\\.\$|"\.")/],
  ['dot', /^\$join\(\[[A-Za-z.]+, "\."\]\)/],
  ['last-colon', /^\$split\([A-Za-z.]+, ":"\)\[-1\]/],
  ['last-slash', /^\$split\([A-Za-z.]+, (?:"|')[a-zA-Z-]*\/(?:"|')\)\[-1\]/],
  ['after-slash', /^(?:\$lowercase\()?\$substringAfter\([A-Za-z.]+, "\/"\)/],
  ['key-arn', /:kms:/],
  ['role-arn', /:iam::\[0-9\]\{12\}/],
  ['root-arn', /:iam::",Principal/],
  [
    'version',
    /^\$join\(\[\$string\([A-Za-z]+\), "\.\*"\]\)$|^\$join\(\$split\(EngineVersion, "\.", 2\)/,
  ],
  ['trim', /^\$replace\([A-Za-z.0-9]+, \/(?:\\s\+|\n|\\n)\$\/, ''\)$|"\\?n"\]\)$/],
  ['milliseconds', / \* 1000$/],
  ['protocol', /'17': 'udp'.*\$mapVal \? \$mapVal/],
  ['dash-underscore', /'-', '_'\)$/],
];

// A text the service puts in front of what was declared: `'custom:' & '' & Name`, `$join(["Output:",Name])`.
const PREFIX = /^(?:'([\w:]+)' & '' & \w+|\$join\(\["(\w+:)", ?\w+\]\))$/;

/** `{ "A.*.B": "case" }` for the expressions that have a word. */
export function compactTransforms(transforms, pointer) {
  const result = {};
  for (const [path, expression] of Object.entries(transforms)) {
    const prefix = PREFIX.exec(expression);
    const word = WORDS.find(([, pattern]) => pattern.test(expression))?.[0];
    if (prefix) result[pointer(path)] = `prefix ${prefix[1] ?? prefix[2]}`;
    else if (word) result[pointer(path)] = word;
  }
  return result;
}
