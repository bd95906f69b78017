#!/bin/sh
# Brings a version into the cluster that kubectl speaks to, without losing a request:
#
#     deploy/kubernetes/deploy.sh [[ image ]]:1.2.3
set -eu
image=${1:?the image to deploy, with its tag}
cd "$(dirname "$0")"

if ! kubectl get secret [[ slug ]] >/dev/null 2>&1; then
    echo "There is no secret [[ slug ]] yet; secret.example.yaml says how to make it." >&2
    exit 1
fi

# Applies a manifest with the image that is deployed.
apply() {
    sed "s|image: [[ image ]]:.*|image: $image|" "$1" | kubectl apply -f -
}

kubectl apply -f configmap.yaml
[% if sqlite %]
kubectl apply -f volume.yaml
[% endif %]
[% if migrations and not sqlite %]
kubectl delete job [[ slug ]]-migrate --ignore-not-found
apply migrate.yaml
# It ends either way, after activeDeadlineSeconds at the latest.
while :; do
    ended=$(kubectl get job [[ slug ]]-migrate --output 'jsonpath={.status.conditions[?(@.status=="True")].type}')
    case "$ended" in
    *Complete*) break ;;
    *Failed*)
        kubectl logs job/[[ slug ]]-migrate >&2
        echo "The migrations failed; the old version goes on serving." >&2
        exit 1
        ;;
    esac
    sleep 2
done
[% endif %]
kubectl apply -f service.yaml -f ingress.yaml[% if not sqlite %] -f hpa.yaml -f pdb.yaml[% endif %]

apply deployment.yaml
kubectl rollout status --timeout=600s deployment/[[ slug ]]
