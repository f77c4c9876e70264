# fish completion for vmapview

# The last element of a list "a,b", with what comes before it.
function __vmapview_columns
    set -l before (commandline -ct | string replace -r '^--[a-z]+=' '' | string replace -r '[^,+-]*$' '')
    if __fish_contains_opt all
        printf "$before%s\n" $__vmapview_usage
    else
        vmapview --list-columns 2>/dev/null | string replace -r -- '^(\S+) +\S+ +' "$before\$1\t"
    end
end

complete -c vmapview -a '(__fish_complete_pids)'
# --- made by make completions
complete -c vmapview -s x -l extended -d 'show details'
complete -c vmapview -s X -d 'show even more details'
complete -c vmapview -s c -l read-rc -d 'read the default rc'
complete -c vmapview -s C -l read-rc-from -r -F -d 'read the rc from file'
complete -c vmapview -s n -l create-rc -d 'create new default rc'
complete -c vmapview -s N -l create-rc-to -r -F -d 'create new rc to file'
complete -c vmapview -s d -l device -d 'show the device format'
complete -c vmapview -s q -l quiet -d 'do not display header and footer'
complete -c vmapview -s p -l show-path -d 'show path in the mapping'
complete -c vmapview -s k -l use-kernel-name -d 'use names provided by kernel'
complete -c vmapview -s A -l range -x -d 'limit results to the given range'
complete -c vmapview -s i -l interactive -d 'look at one target on the whole terminal'
complete -c vmapview -l at -x -d 'with -i: begin with the region at this address'
complete -c vmapview -s o -l output -x -a '(__vmapview_columns)' -d 'show a table of these columns, + adds to the usual'
complete -c vmapview -l list -x -a 'regions objects classes processes changes balance' -d 'list these: see --list-kinds'
complete -c vmapview -l sort -x -a '(__vmapview_columns)' -d 'sort by these columns, - from the largest down'
complete -c vmapview -l filter -x -d 'only those such as \'rss > 1M and class = anon\''
complete -c vmapview -l group -x -a 'class object part perms none' -d 'one row per class, object, part or perms; none'
complete -c vmapview -l summary -d 'totals by class, with bars'
complete -c vmapview -l bytes -d 'plain numbers instead of 1.3M'
complete -c vmapview -l no-headings -d 'no headings and no totals'
complete -c vmapview -l format -x -a 'table json csv prometheus' -d 'table, json, csv or prometheus'
complete -c vmapview -s J -l json -d 'as --format=json; alone, a snapshot to read again'
complete -c vmapview -l output-file -r -F -d 'replace this file when all is written'
complete -c vmapview -l list-keys -d 'list the keys of the interactive view'
complete -c vmapview -l list-columns -f -a 'regions objects classes processes changes balance' -d 'list the columns with their meaning'
complete -c vmapview -l list-kinds -d 'list what --list knows'
complete -c vmapview -l diff -d 'compare two targets; exit status 1 if they differ'
complete -c vmapview -l watch -x -d 'print what changes, until the process ends'
complete -c vmapview -l count -x -d 'look again this many times, then end'
complete -c vmapview -l record -r -F -d 'append a snapshot, with --watch one each time'
complete -c vmapview -l all -d 'one row per process'
complete -c vmapview -l color -x -a 'auto always never' -d 'auto, always or never; auto heeds NO_COLOR'
complete -c vmapview -s h -l help -d 'display this help and exit'
complete -c vmapview -s V -l version -d 'output version information and exit'
set -g __vmapview_usage pid user rss pss uss swap regions processes command
# --- end
