{{- define "driftguard.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 40 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "driftguard.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "driftguard.labels" -}}
{{ include "driftguard.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{- define "driftguard.image" -}}
{{- if .Values.image.digest }}{{ .Values.image.repository }}@{{ .Values.image.digest }}{{ else }}{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ end }}
{{- end }}

{{- define "driftguard.environment" -}}
- name: NODE_ENV
  value: production
{{- range $name, $value := .Values.config }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- range $name := .Values.secretKeys }}
- name: {{ $name }}
  valueFrom:
    secretKeyRef:
      name: {{ required "existingSecret names the Secret with what secretKeys lists" $.Values.existingSecret }}
      key: {{ $name }}
{{- end }}
{{- range $name := .Values.optionalSecretKeys }}
- name: {{ $name }}
  valueFrom:
    secretKeyRef:
      name: {{ required "existingSecret names the Secret with what secretKeys lists" $.Values.existingSecret }}
      key: {{ $name }}
      optional: true
{{- end }}
{{- if eq (include "driftguard.logsInToVault" .) "true" }}
- name: VAULT_KUBERNETES_TOKEN_FILE
  value: /var/run/secrets/driftguard/vault/token
{{- end }}
{{- end }}

{{- define "driftguard.logsInToVault" -}}
{{- if eq (.Values.config.VAULT_AUTH | default "approle") "kubernetes" }}true{{ else }}false{{ end }}
{{- end }}

{{- define "driftguard.mounts" -}}
- name: tmp
  mountPath: /tmp
{{- if eq (include "driftguard.logsInToVault" .) "true" }}
- name: vault
  mountPath: /var/run/secrets/driftguard/vault
  readOnly: true
{{- end }}
{{- end }}

{{- define "driftguard.volumes" -}}
- name: tmp
  emptyDir: {}
{{- if eq (include "driftguard.logsInToVault" .) "true" }}
- name: vault
  projected:
    sources:
      - serviceAccountToken:
          path: token
          audience: {{ .Values.vault.audience | quote }}
          expirationSeconds: {{ .Values.vault.tokenSeconds }}
{{- end }}
{{- end }}

{{- define "driftguard.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "driftguard.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "driftguard.placement" -}}
{{- with .Values.imagePullSecrets }}
imagePullSecrets: {{ toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{ toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{ toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity: {{ toYaml . | nindent 2 }}
{{- end }}
{{- end }}
