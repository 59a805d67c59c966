namespace MetaSpine.Cli;

/// <summary>The files that <c>metaspine new</c> writes. Their numbers are made up, and they can be pooled as they stand.</summary>
internal static class StarterFiles
{
    public const string Study =
        """
        # A study: what one report says, each number as it is printed. The numbers below are made up: replace them.
        # metaspine check FILE    says whether the file can be read, and whether its numbers can be right
        # metaspine pool FILE     shows each outcome
        schema: metaspine/study/1
        id: smith2020                        # its name in a review

        citation:
          authors: [Smith A, Jones B]
          title: A trial of something against placebo
          journal: Journal of Examples
          year: 2020
          # pmid: "12345678"                 # or doi: 10.1234/example

        design:
          type: randomised_trial             # or cohort, case_series ...: metaspine schema study lists all
          comparative: yes

        # One arm for each group that was treated alike; a case series has one, or none.
        arms:
          drug: {role: intervention, n: 50}
          placebo: {role: control, n: 52}

        outcomes:
          - id: pain_improved                # the same id in every study of a review
            label: Pain improved
            type: dichotomous                # or continuous, rate, correlation, time_to_event, estimate
            direction: higher_is_better
            results:
              # A number that is not reported is written nr, or left out. source says where it stands.
              - {arm: drug, events: 31, total: 50, reported_percent: 62, source: {where: table 2}}
              - {arm: placebo, events: 20, total: 52, source: {where: table 2}}

          - id: pain_score
            type: continuous
            direction: lower_is_better
            results:
              # In place of sd: se, or ci: [low, high]. A mean without a spread cannot be pooled.
              - {arm: drug, mean: 3.1, sd: 1.4, n: 50}
              - {arm: placebo, mean: 4.0, sd: 1.5, n: 52}

        # What studies may differ by: for subgroups and meta-regression.
        moderators: {region: Europe, dose: 20}

        """;

    public const string Review =
        """
        # A review: its studies and the analyses that pool them. The numbers below are made up: replace them.
        # metaspine check FILE               says whether the file can be read, and whether its numbers can be right
        # metaspine pool FILE                runs the analyses
        # metaspine forest FILE -o pain.svg  draws the forest plot
        schema: metaspine/review/1
        title: Does the drug relieve pain?

        question:
          population: adults with pain
          intervention: the drug
          comparison: placebo
          outcome: pain improved

        analyses:
          - id: pain
            title: Pain improved
            outcome: pain_improved           # the id of an outcome of the studies
            measure: RR                      # metaspine measures lists them: OR, RD, MD, SMD, PLO ...
            method: REML                     # the defaults; metaspine methods lists all
            test: knha
            # subgroup: region               # by a moderator of the studies
            # moderators: [dose]             # a meta-regression; or formula: ~ dose + factor(region)
            # exclude: [{study: smith2020, reason: why it cannot be pooled with the others}]

        # Studies are written out here, or named by their files: studies: [studies/*.yaml]
        studies:
          - id: smith2020
            label: Smith 2020
            design: {type: randomised_trial, comparative: yes}
            arms: {drug: {role: intervention, n: 50}, placebo: {role: control, n: 52}}
            outcomes:
              - id: pain_improved
                type: dichotomous
                direction: higher_is_better
                results:
                  - {arm: drug, events: 31, total: 50}
                  - {arm: placebo, events: 20, total: 52}
            moderators: {region: Europe, dose: 20}

          - id: jones2021
            label: Jones 2021
            design: {type: randomised_trial, comparative: yes}
            arms: {drug: {role: intervention, n: 81}, placebo: {role: control, n: 79}}
            outcomes:
              - id: pain_improved
                type: dichotomous
                direction: higher_is_better
                results:
                  - {arm: drug, events: 44, total: 81}
                  - {arm: placebo, events: 35, total: 79}
            moderators: {region: Asia, dose: 10}

          - id: garcia2023
            label: Garcia 2023
            design: {type: randomised_trial, comparative: yes}
            arms: {drug: {role: intervention, n: 33}, placebo: {role: control, n: 30}}
            outcomes:
              - id: pain_improved
                type: dichotomous
                direction: higher_is_better
                results:
                  - {arm: drug, events: 25, total: 33}
                  - {arm: placebo, events: 14, total: 30}
            moderators: {region: Europe, dose: 40}

        """;

    public const string Table =
        """
        study,year,events_treatment,n_treatment,events_control,n_control,region,notes
        Smith,2020,31,50,20,52,Europe,one row per study; the numbers are made up
        Jones,2021,44,81,35,79,Asia,leave a cell empty where nothing is reported
        Garcia,2023,25,33,14,30,Europe,"other columns, such as region, serve --subgroup and --formula"

        """;
}
