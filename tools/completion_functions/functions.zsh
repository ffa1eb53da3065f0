# Adds the values of a field ($2) of all records that `milatui list $1` lists.
_milatui_values() {
  local -a given found
  local at
  for ((at = 2; at < CURRENT; at++)); do
    case "${words[at]}" in
      --archive | --index) given+=("${words[at]}" "${words[at + 1]}") ;;
    esac
  done
  found=("${(@f)$(milatui list "$1" "${given[@]}" --jsonl 2>/dev/null |
    sed -n "s/^.*\"$2\": \"\([^\"\\ ]*\)\".*$/\1/p")}")
  compadd -a found
}

_milatui_partners() {
  _milatui_values partners id
}

_milatui_locations() {
  case "$PREFIX" in
    partner/*) _milatui_values partners location ;;
    person/*) _milatui_values people location ;;
    event/*) _milatui_values events location ;;
    figure/*) _milatui_values figures location ;;
    statement/*) _milatui_values statements location ;;
    document/*) _milatui_values documents location ;;
    *)
      compadd -S '' -- partner/ person/ event/ figure/ statement/ document/
      compadd -- figures people documents
      ;;
  esac
}
