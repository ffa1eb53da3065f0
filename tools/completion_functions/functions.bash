# Prints the values of a field ($2) of all records that `milatui list $1` lists and that begin
# with $3. They are compared, never expanded: an archive may come from anybody.
_milatui_values() {
  local given=() at value
  for ((at = 1; at < COMP_CWORD; at++)); do
    case "${COMP_WORDS[at]}" in
      --archive | --index) given+=("${COMP_WORDS[at]}" "${COMP_WORDS[at + 1]}") ;;
    esac
  done
  milatui list "$1" "${given[@]}" --jsonl 2>/dev/null |
    sed -n "s/^.*\"$2\": \"\([^\"\\ ]*\)\".*$/\1/p" |
    while IFS= read -r value; do
      [[ $value == "$3"* ]] && printf '%s\n' "$value"
    done
}

_milatui_partners() {
  _milatui_values partners id "$1"
}

_milatui_locations() {
  local begun
  case "$1" in
    partner/*) _milatui_values partners location "$1" ;;
    person/*) _milatui_values people location "$1" ;;
    event/*) _milatui_values events location "$1" ;;
    figure/*) _milatui_values figures location "$1" ;;
    statement/*) _milatui_values statements location "$1" ;;
    document/*) _milatui_values documents location "$1" ;;
    *)
      compopt -o nospace 2>/dev/null
      for begun in partner/ person/ event/ figure/ statement/ document/ figures people documents; do
        [[ $begun == "$1"* ]] && printf '%s\n' "$begun"
      done
      ;;
  esac
}
