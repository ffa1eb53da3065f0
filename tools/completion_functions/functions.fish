# Prints the values of a field ($argv[2]) of all records that `milatui list $argv[1]` lists.
function _milatui_values
    set -l words (commandline -opc)
    set -l given
    for at in (seq 2 (count $words))
        if contains -- $words[$at] --archive --index
            set -a given $words[$at] $words[(math $at + 1)]
        end
    end
    milatui list $argv[1] $given --jsonl 2>/dev/null |
        string match -rg '"'$argv[2]'": "([^"\\\\ ]*)"'
end

function _milatui_partners
    _milatui_values partners id
end

function _milatui_locations
    switch (commandline -ct)
        case 'partner/*'
            _milatui_values partners location
        case 'person/*'
            _milatui_values people location
        case 'event/*'
            _milatui_values events location
        case 'figure/*'
            _milatui_values figures location
        case 'statement/*'
            _milatui_values statements location
        case 'document/*'
            _milatui_values documents location
        case '*'
            printf '%s\n' partner/ person/ event/ figure/ statement/ document/
            printf '%s\n' figures people documents
    end
end
