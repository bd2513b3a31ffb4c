'use strict';
(function () {
    const $ = id => document.getElementById(id);
    const dialog = $('fix'), open = $('open'), list = $('pick');
    const rows = Array.from(list.children);
    const boxes = rows.map(row => row.querySelector('input'));
    const authors = Array.from($('who').children);
    const parts = Array.from(dialog.querySelectorAll('button[data-part]'));
    const text = id => $(id).value.trim();
    const plural = (n, word) => n + ' ' + word + (n === 1 ? '' : 's');

    // ISO 7064 MOD 11-2: the last character checks the others.
    function isOrcid(value) {
        const found = /^(?:https?:\/\/orcid\.org\/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])$/
            .exec(value);
        if (!found) return false;
        const digits = found.slice(1).join('').toUpperCase();
        let total = 0;
        for (const digit of digits.slice(0, 15)) total = (total + Number(digit)) * 2;
        const check = (12 - total % 11) % 11;
        return digits[15] === (check === 10 ? 'X' : String(check));
    }

    // Whether a paper is of the group that a button stands for.
    const belongs = (box, button) => button.dataset.part === 'flag'
        ? Boolean(box.dataset.flag) : box.dataset.part === button.dataset.part;

    // The request; what is missing yet; and what is wrong.
    function collect() {
        const papers = boxes.filter(box => box.checked).map(box => box.value).sort();
        const request = { papers, from: dialog.dataset.person };
        const chosen = dialog.querySelector('input[name=author]:checked');
        const missing = [], wrong = [];
        let orcidWrong = false;
        if (papers.length === 0) missing.push('Select at least one paper.');
        if (!chosen) missing.push('Choose the author.');
        else if (chosen.id === 'new') {
            if (text('orcid')) request.orcid = text('orcid');
            if (text('institution')) request.institution = text('institution');
            if (text('suffix')) request.suffix = text('suffix');
            orcidWrong = text('orcid') !== '' && !isOrcid(text('orcid'));
            if (orcidWrong) wrong.push('This is not a valid ORCID.');
            else if (!text('orcid') && !text('institution'))
                missing.push('A new author needs an ORCID or an institution.');
            else if (dialog.dataset.taken && !text('orcid') && !text('suffix'))
                missing.push('The id ' + dialog.dataset.taken
                    + ' is taken: give an ORCID, or a word for the id.');
        } else {
            request.to = chosen.id === 'other' ? text('other-id') : chosen.value;
            if (!request.to)
                missing.push('Type the id, the page or the ORCID of the other author.');
            if (request.to === request.from)
                wrong.push('The papers are on this author\u2019s page already.');
        }
        if (text('comment')) request.note = text('comment');
        $('orcid').setAttribute('aria-invalid', String(orcidWrong));
        return { request, missing, wrong, chosen };
    }

    // The Anthology's issue form, filled in as correction_issue_form() does it.
    function issue(request) {
        const site = 'https://aclanthology.org/', limit = 8000;
        const to = request.to ? site + 'people/' + request.to + '/' : '';
        const description = [
            (request.to
                ? 'Please move these papers from the page ' + site + 'people/' + request.from
                    + '/ to the page ' + to + '. My papers are:'
                : 'Please split this page: there are papers of different people on it.'
                    + ' My papers are:'),
            request.papers.map(paper => '- ' + site + paper + '/').join('\n'),
            request.note || ''].filter(Boolean).join('\n\n');
        const orcid = /\d{4}-?\d{4}-?\d{4}-?\d{3}[\dXx]$/.exec(request.orcid || '');
        const openreview = dialog.dataset.openreview;
        const fields = [
            ['author_orcid', orcid && 'https://orcid.org/'
                + orcid[0].replace(/-/g, '').toUpperCase().replace(/(.{4})(?=.)/g, '$1-')],
            ['author_highest_degree_institution', request.institution],
            ['openreview_profile', openreview && 'https://openreview.net/profile?id=' + openreview],
            ['name_pages_affected',
                [site + 'people/' + request.from + '/', to].filter(Boolean).join('\n')],
            ['name_change_description', description],
        ].filter(field => field[1]);
        let address = 'https://github.com/acl-org/acl-anthology/issues/new'
            + '?template=02-name-correction.yml&labels=correction,author-page&title='
            + encodeURIComponent('Author Page: ' + request.from);
        const left = [];
        for (const [name, value] of fields) {
            const parameter = '&' + name + '=' + encodeURIComponent(value);
            if (address.length + parameter.length <= limit) address += parameter;
            else left.push(name);
        }
        return { address, left };
    }

    // Those first whom the selected group, or the selected paper, fits.
    function rankAuthors(papers) {
        const who = $('who');
        const picked = boxes.filter(box => box.checked);
        const keys = new Set([...papers, ...picked.map(box => box.dataset.part).slice(0, 1)]);
        const one = picked.every(box => box.dataset.part === picked[0].dataset.part);
        const fit = row => {
            if (!one || picked.length === 0) return -1;
            const fits = JSON.parse(row.querySelector('input').dataset.fits || '{}');
            return Math.max(-1, ...Object.keys(fits).filter(key => keys.has(key))
                .map(key => fits[key]));
        };
        const sorted = authors.map((row, i) => [fit(row) >= 0.5 ? fit(row) : -1, i, row])
            .sort((a, b) => b[0] - a[0] || a[1] - b[1]);
        sorted.forEach(([score, , row], i) =>
            row.classList.toggle('best', i === 0 && score >= 0.5));
        if (sorted.some(([, , row], i) => who.children[i] !== row))
            who.append(...sorted.map(entry => entry[2]));
    }

    function update() {
        const { request, missing, wrong, chosen } = collect();
        const n = request.papers.length;
        $('count').textContent = n + ' of ' + plural(boxes.length, 'paper') + ' selected';
        for (const button of parts) {
            const own = boxes.filter(box => belongs(box, button));
            const on = own.filter(box => box.checked).length;
            button.setAttribute('aria-pressed',
                on === 0 ? 'false' : on === own.length ? 'true' : 'mixed');
        }
        $('within-other').hidden = !$('other').checked;
        $('within-new').hidden = !$('new').checked;
        const ready = missing.length + wrong.length === 0;
        $('request').value = ready ? JSON.stringify(request, null, 2) : '';
        $('raw').hidden = !ready;
        $('copy').disabled = $('save').disabled = !ready;
        $('issue').hidden = $('issue-hint').hidden = !ready;
        if (ready) {
            const { address, left } = issue(request);
            $('issue').href = address;
            $('issue-hint').textContent =
                'In the form, tick \u201cSplit/disambiguate\u201d and the two confirmations'
                + (left.length === 0 ? '.' : '; paste the request below: '
                + left.join(', ') + ' do not fit into an address.');
        } else $('issue').removeAttribute('href');
        const lines = ready ? [plural(n, 'paper') + ' to '
            + (chosen.id === 'new' ? 'a new author' : request.to) + ': ready to hand over.']
            : wrong.concat(missing);
        // Only what is wrong is a warning: what is missing is just the next step.
        $('state').className = ready ? 'problems ready'
            : wrong.length > 0 ? 'problems' : 'problems todo';
        // Told again only when it differs, for those who listen.
        if ($('state').textContent !== lines.join('')) {
            $('state').replaceChildren(...lines.map(line => {
                const item = document.createElement('p');
                item.textContent = line;
                return item;
            }));
        }
        $('done').textContent = '';
    }

    function shown() {
        return boxes.filter((box, i) => !rows[i].hidden);
    }

    // Hides the rows that do not have all the words typed.
    function filter(field, items) {
        field.addEventListener('input', () => {
            const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
            for (const item of items) {
                const content = item.textContent.toLowerCase();
                item.hidden = !words.every(word => content.includes(word));
            }
        });
    }

    open.hidden = false;
    open.addEventListener('click', () => {
        update();
        dialog.showModal();
        $('step-1').focus();
    });
    $('close').addEventListener('click', () => dialog.close());
    dialog.addEventListener('input', event => {
        if (!['filter', 'order', 'who-filter'].includes(event.target.id)) update();
    });
    dialog.addEventListener('change', event => {
        if (event.target.name === 'paper') rankAuthors([event.target.value]);
    });
    for (const button of parts) {
        button.addEventListener('click', () => {
            const on = button.getAttribute('aria-pressed') !== 'true';
            for (const box of boxes) if (belongs(box, button)) box.checked = on;
            update();
            rankAuthors(boxes.filter(box => box.checked).map(box => box.value));
        });
    }
    $('every').addEventListener('click', () => {
        for (const box of shown()) box.checked = true;
        update();
    });
    $('none').addEventListener('click', () => {
        for (const box of boxes) box.checked = false;
        update();
    });
    filter($('filter'), rows);
    if ($('who-filter')) filter($('who-filter'), authors);
    // What the page says of a paper is shown again only when asked for.
    for (const look of list.querySelectorAll('details.look')) {
        look.addEventListener('toggle', () => {
            if (!look.open || look.children.length > 1) return;
            const article = $('paper-' + look.dataset.paper);
            for (const part of article.querySelectorAll('.by, details > p'))
                look.append(part.cloneNode(true));
        });
    }
    if ($('order')) $('order').addEventListener('change', () => {
        const byPart = $('order').value === 'part';
        const order = byPart ? rows.map((row, i) => [Number(boxes[i].dataset.part), i, row])
            .sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(entry => entry[2]) : rows;
        list.append(...order);
    });
    $('copy').addEventListener('click', async () => {
        try {
            await navigator.clipboard.writeText($('request').value);
            $('done').textContent = 'Copied.';
        } catch {
            // Without the right to use the clipboard, the old way, which needs it to be seen.
            $('raw').open = true;
            $('request').select();
            $('done').textContent = document.execCommand('copy')
                ? 'Copied.' : 'Selected: copy it with the keyboard.';
        }
    });
    $('save').addEventListener('click', () => {
        const link = document.createElement('a');
        link.href = URL.createObjectURL(new Blob([$('request').value + '\n'],
            { type: 'application/json' }));
        link.download = 'assignment-' + dialog.dataset.person.replace(/[^a-z0-9-]+/gi, '-')
            + '.json';
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 60000);
        $('done').textContent = 'Saved as ' + link.download + '.';
    });
    update();
})();
